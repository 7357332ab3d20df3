using System.Collections.Concurrent;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Gates;

/// <summary>
/// Records when each gate was last heard. Heartbeats are written to the store at once. Uploads, of which there may be many in a second,
/// are written at most once in five seconds for each gate, and at the latest six seconds after they arrived.
/// </summary>
internal sealed partial class GateRoster(IFacilityStore facilityStore, TimeProvider time, ILogger<GateRoster> logger)
    : BackgroundService, IBackgroundWork
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(500);
    private static readonly Duration WriteEvery = Duration.FromSeconds(5);

    /// <summary>Longer than the longest interval of heartbeats.</summary>
    private static readonly Duration QuietAfter = Duration.FromSeconds(13);

    /// <summary>Gates that were heard and are not written yet.</summary>
    private readonly ConcurrentDictionary<GateId, (Gate Gate, Instant At)> _heard = new();
    private readonly ConcurrentDictionary<GateId, Instant> _writtenAt = new();

    /// <summary>Notes that a gate has just sent something. Never waits, and may be called for every event.</summary>
    public void Heard(Gate gate, Instant at) => _heard[gate.Id] = (gate, at);

    /// <summary>Notes that a gate has a call open, unless its heartbeats are written through this instance anyway.</summary>
    public void Listens(Gate gate, Instant at)
    {
        if (!_writtenAt.TryGetValue(gate.Id, out var writtenAt) || at - writtenAt >= QuietAfter)
        {
            Heard(gate, at);
        }
    }

    /// <summary>Writes a heartbeat to the store.</summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach.</exception>
    public async Task HeardAsync(Gate gate, Instant at, GateBeat beat)
    {
        _heard.TryRemove(gate.Id, out _);
        await facilityStore.HearAsync(gate.Facility.Id, [new(gate.Id, at, beat)]);
        _writtenAt[gate.Id] = at;
    }

    public Task CatchUpAsync(CancellationToken cancellationToken) => WriteDueAsync();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new SparseTimer(Period, LeastDistance, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteDueAsync();
            }
            catch (StoreUnavailableException)
            {
                // The gates stay noted. The health check reports the store.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                WriteFailed(logger, e);
            }
        }
    }

    private async Task WriteDueAsync()
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        foreach (var facility in _heard.Select(heard => heard.Value.Gate.Facility.Id).Distinct().ToList())
        {
            // Read only now: a heartbeat may have been written while the previous facility was.
            var due = _heard.Where(heard => heard.Value.Gate.Facility.Id == facility && IsDue(heard.Key, now)).ToList();
            if (due.Count == 0)
            {
                continue;
            }

            await facilityStore.HearAsync(facility, [.. due.Select(heard => new HeardGate(heard.Key, heard.Value.At, null))]);
            foreach (var heard in due)
            {
                _writtenAt[heard.Key] = now;

                // If the gate was heard again meanwhile, this removes nothing.
                _heard.TryRemove(heard);
            }
        }
    }

    private bool IsDue(GateId gate, Instant now) =>
        !_writtenAt.TryGetValue(gate, out var writtenAt) || writtenAt > now || now - writtenAt >= WriteEvery;

    [LoggerMessage(
        3004,
        LogLevel.Error,
        "Could not write when gates were last heard; the next tick tries again",
        EventName = "GateRosterFailed")]
    private static partial void WriteFailed(ILogger logger, Exception exception);
}
