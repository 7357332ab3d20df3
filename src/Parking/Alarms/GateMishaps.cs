using System.Collections.Concurrent;
using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Alarms;

/// <summary>
/// What gates brought to this instance that may be an alarm, and that no store tells: numbers that were used twice, runs of codes with an
/// invalid signature, and when a gate saw a good code last.
/// </summary>
public sealed class GateMishaps(IClock clock)
{
    private readonly ConcurrentDictionary<AlarmCause, bool> _found = new();

    /// <summary>Since when this instance hears what gates bring: of good codes before that it knows nothing.</summary>
    public Instant HeardSince { get; } = clock.GetCurrentInstant();

    /// <summary>When the newest were shown, the earliest first.</summary>
    private readonly ConcurrentDictionary<GateId, List<Instant>> _badSignatures = new();

    private readonly ConcurrentDictionary<GateId, Instant> _goodCodes = new();

    /// <summary>A gate used a number for two events.</summary>
    public void NoteConflict(Gate gate) => _found[AlarmCause.Of(AlarmKind.EventConflict, gate)] = true;

    /// <summary>A scan was decided at a gate. It may be reported late: what is over is no alarm.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="reason">What was decided.</param>
    /// <param name="at">When the code was shown.</param>
    public void NoteScan(Gate gate, ScanReason reason, Instant at)
    {
        if (!reason.IsOfTheCode())
        {
            _goodCodes.AddOrUpdate(gate.Id, static (_, at) => at, static (_, last, at) => Instant.Max(last, at), at);
        }

        if (reason != ScanReason.BadSignature || clock.GetCurrentInstant() - at > AlarmRule.IncidentTime)
        {
            return;
        }

        var run = _badSignatures.GetOrAdd(gate.Id, _ => []);
        lock (run)
        {
            run.Add(at);
            run.Sort();
            if (run.Count > AlarmRule.BadSignatureRun)
            {
                run.RemoveAt(0);
            }

            if (run.Count == AlarmRule.BadSignatureRun && run[^1] - run[0] <= AlarmRule.BadSignatureTime)
            {
                _found[AlarmCause.Of(AlarmKind.BadSignatures, gate)] = true;
            }
        }
    }

    /// <summary>Whether a gate has seen a good code since a time, as far as this instance knows.</summary>
    public bool HasSeenAGoodCode(GateId gate, Instant since) => _goodCodes.TryGetValue(gate, out var last) && last > since;

    /// <summary>Takes out what was found since the last call.</summary>
    public IReadOnlyList<AlarmCause> Take()
    {
        IReadOnlyList<AlarmCause> found = [.. _found.Keys];
        foreach (var cause in found)
        {
            _found.TryRemove(cause, out _);
        }

        return found;
    }
}
