using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Parking.Alarms;
using Parking.Api.Hosting.Health;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Alarms;

/// <summary>An instance whose clock is wrong says nothing about alarms.</summary>
public sealed class AlarmClockTests
{
    private const string Fault = "exit_barrier_fault:hsp-out-1";

    [Fact]
    public async Task ClockThatIsWrong_NeitherRaisesNorLetsReturn()
    {
        var clock = new StoreClock();
        using var app = new ParkingApplication
        {
            Replace = services =>
            {
                services.AddSingleton<IStoreClock>(clock);

                // Nothing looks by itself, in the middle of what the test does to the clocks.
                foreach (var work in services.Where(IsWorkOfTheService).ToList())
                {
                    services.Remove(work);
                }
            },
        };
        await app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await app.PassAsync(1);
        await app.ReportAsync("hsp-out-1", 2, GateIncident.BarrierRepaired);
        await app.PassAsync(1);
        var book = app.Services.GetRequiredService<AlarmBook>();
        var before = book.All();

        clock.IsRight = false;
        await app.Services.GetRequiredService<StoreWatch>().CatchUpAsync(TestContext.Current.CancellationToken);
        await app.PassAsync(3600);
        await app.PassAsync(60);

        Assert.Equal(before, book.All());
        Assert.Equal([Fault], before.Select(alarm => alarm.Cause.ToString()));

        clock.IsRight = true;
        await app.PassAsync(1);
        Assert.False(book.Find(before[0].Cause).IsActive);
    }

    private static bool IsWorkOfTheService(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null;

    /// <summary>It agrees with every clock, or is years behind.</summary>
    private sealed class StoreClock : IStoreClock
    {
        public bool IsRight { get; set; } = true;

        public Task<Instant?> ReadAsync() => Task.FromResult<Instant?>(IsRight ? null : Instant.FromUtc(2020, 1, 1, 0, 0));
    }
}
