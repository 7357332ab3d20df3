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
    private readonly ConcurrentDictionary<GateId, Queue<Instant>> _badSignatures = new();
    private readonly ConcurrentDictionary<GateId, Instant> _goodCodes = new();

    /// <summary>A gate used a number for two events.</summary>
    public void NoteConflict(Gate gate) => _found[AlarmCause.Of(AlarmKind.EventConflict, gate)] = true;

    /// <summary>A scan was decided at a gate.</summary>
    public void NoteScan(Gate gate, ScanReason reason)
    {
        var now = clock.GetCurrentInstant();
        if (!reason.IsOfTheCode())
        {
            _goodCodes[gate.Id] = now;
        }

        if (reason != ScanReason.BadSignature)
        {
            return;
        }

        var run = _badSignatures.GetOrAdd(gate.Id, _ => new());
        lock (run)
        {
            run.Enqueue(now);
            while (run.Count > AlarmRule.BadSignatureRun)
            {
                run.Dequeue();
            }

            if (run.Count == AlarmRule.BadSignatureRun && now - run.Peek() <= AlarmRule.BadSignatureTime)
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
