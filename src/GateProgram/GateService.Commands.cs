using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The requests about commands. Whether they are answered changes nothing for drivers.</summary>
internal sealed partial class GateService
{
    /// <summary>
    /// So long after a claim the live file is not rewritten, so that it still has the claim after a restart: for longer than any command
    /// is granted.
    /// </summary>
    private static readonly TimeSpan ClaimMemory = TimeSpan.FromMinutes(1);

    /// <summary>The service answers after 25 seconds at the latest.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(35);

    private long? _claimedAt;

    private bool IsClaimRecent => _claimedAt is { } at && _time.GetElapsedTime(at) < ClaimMemory;

    public Task<GateReply<GateCommandList>> WaitForCommandsAsync(IEnumerable<string> seen, CancellationToken cancellationToken) =>
        _api.WaitForCommandsAsync(seen, WaitLimit, cancellationToken);

    public Task<GateReply<CommandClaimAnswer>> ClaimAsync(
        string command, CommandClaim claim, TimeSpan timeout, CancellationToken cancellationToken) =>
        _api.ClaimAsync(command, claim, timeout, cancellationToken);

    /// <summary>The journal has a claim that must not be forgotten yet. Call it before the claim is written.</summary>
    public void NoteClaim() => _claimedAt = _time.GetTimestamp();

    /// <summary>Somebody waits to hear what became of a command: events and barrier are reported with the next work.</summary>
    public void ReportSoon()
    {
        lock (_sync)
        {
            if (_backoff.Failures == 0)
            {
                _timetable.UploadIn(TimeSpan.Zero);
                _timetable.BeatIn(TimeSpan.Zero);
            }
        }
    }
}
