using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.WarmUp;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.Hosting;

public sealed class WarmUpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WarmUp_OfTheService_RunsWholeAndLeavesNothing()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();
        var warmUp = ActivatorUtilities.CreateInstance<WarmUpService>(app.Services);

        await warmUp.RunAsync();

        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("ScanDecided", StringComparison.Ordinal));
        var facilities = app.Services.GetRequiredService<CityDirectory>().Facilities.Select(facility => facility.Id).ToList();
        var store = app.Services.GetRequiredService<ILiveStore>();
        Assert.All(await store.GlanceAsync(facilities), glance => Assert.Empty(glance.Heard));
        Assert.Empty(await store.HoldersAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Service_BeforeItIsWarm_IsNotReady()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();
        app.Services.GetRequiredService<WarmUpState>().IsWarm = false;

        using var response = await client.GetAsync("/health/ready", Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("warmUp", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
