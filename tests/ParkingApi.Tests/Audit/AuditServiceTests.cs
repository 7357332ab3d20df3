using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;
using Parking.Api.Audit;
using Parking.Api.Hosting.Audit;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Audit;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Audit;

/// <summary>What fills the audit in the background.</summary>
public sealed class AuditServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A shard that is out of reach fails its own facilities only, and the chain is signed all the same.</summary>
    [Fact]
    public async Task FacilityThatCannotBeRead_KeepsNoOtherCommandFromTheAudit_NorTheHead()
    {
        using var app = new ParkingApplication
        {
            Replace = services => services.Replace(ServiceDescriptor.Singleton(provider => new CommandChaining(
                new OneFacilityAway(provider.GetRequiredService<CityDirectory>()),
                provider.GetRequiredService<AuditChain>(),
                provider.GetRequiredService<BackOffice.Archive.ArchiveKeys>(),
                provider.GetRequiredService<ILogger<CommandChaining>>()))),
        };
        var service = app.Services.GetRequiredService<AuditService>();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => service.RunAsync(isAll: true, Cancellation));

        var log = app.Services.GetRequiredService<AuditLog>();
        var acts = (await log.PageAsync(new(null, true, null, null, null, null, null, 99), Cancellation)).Acts;
        var city = app.Services.GetRequiredService<CityDirectory>();
        Assert.Equal(
            city.Facilities.Skip(1).Select(facility => facility.Id.Value),
            acts.Reverse().Select(act => act.Intent.Facility));
        Assert.Single(await log.HeadsAsync(Cancellation));
        Assert.Contains(city.Facilities[0].Id, app.Services.GetRequiredService<CommandBacklog>().TakeAll());
    }

    /// <summary>One command waits at each facility; the first one's shard is away.</summary>
    private sealed class OneFacilityAway(CityDirectory city) : ICommandStore
    {
        private readonly HashSet<FacilityId> _chained = [];

        public Task<IReadOnlyList<UnchainedCommand>> UnchainedAsync(FacilityId facility, int limit) =>
            facility == city.Facilities[0].Id ? throw new StoreUnavailableException("away", new IOException())
            : Task.FromResult<IReadOnlyList<UnchainedCommand>>(_chained.Contains(facility) ? [] : [new(1, CommandCodec.Encode(new()
            {
                Id = Ulids.At(Instant.FromUtc(2026, 5, 4, 8, 0)),
                Gate = city.Gates.First(gate => gate.Facility.Id == facility).Id,
                Command = BarrierCommand.OpenOnce,
                Reason = "phone is broken",
                Staff = "s-1042",
                QueuedAt = Instant.FromUtc(2026, 5, 4, 8, 0),
            }))]);

        public Task RemoveUnchainedAsync(FacilityId facility, IReadOnlyList<UnchainedCommand> chained)
        {
            _chained.Add(facility);
            return Task.CompletedTask;
        }

        public Task<StoredCommand> LoadAsync(FacilityId facility, CommandId command) => throw new NotSupportedException();

        public Task<bool> CommitAsync(
            FacilityId facility, GateId gate, CommandId command, long expectedVersion, ReadOnlyMemory<byte> content, Instant? waitsUntil) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WaitingAsync(FacilityId facility, GateId gate, Instant now) =>
            throw new NotSupportedException();

        public Task ForgetCommandsAsync(Instant changedBy) => throw new NotSupportedException();

        public Task<IDisposable> WatchAsync(FacilityId facility, Action<CommandId?> changed) => throw new NotSupportedException();
    }
}
