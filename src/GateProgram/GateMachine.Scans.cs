using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>What the gate does with a code: it asks the service, or decides alone, and writes both down before the barrier moves.</summary>
public sealed partial class GateMachine
{
    /// <summary>So many openings within an hour for codes that had expired are no alarm.</summary>
    private const int MostLateExits = 10;

    private bool _hasManyLateExits;

    private async Task<GateShowing> AskAsync(string code, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            Write(seq => new JournalGroup { Events = [_events.Scan(seq, code, null)] });
            _barrier.Ask(_journal.LastSeq, code);
            _service.Asking = _barrier.Scan;
        }
        GateReply<ScanAnswer> reply;
        try
        {
            reply = await _service.AskAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Conclude(seq => new JournalGroup { Events = ActOf(seq, BarrierAct.StayedShut) });
            _barrier.Clear();
            throw;
        }
        var roundTrip = _time.GetElapsedTime(reply.Sent, reply.Answered);
        var check = _service.Check(code);
        if (reply.Answer is { } answer)
        {
            var opens = Opens(answer.Decision);
            Conclude(seq => new JournalGroup
            {
                Events = ActOf(seq, opens ? BarrierAct.Opened : BarrierAct.StayedShut),
                Answer = _barrier.Scan is { } scan ? StoredAnswer.Of(scan, answer) : null,
                Opening = opens ? _service.OpeningOf(check, isAlone: false, answer.Reason) : null,
            });
            return Settle(_barrier.Scan, code, new GateShowing
            {
                Scan = _barrier.Scan ?? 0,
                Decision = answer.Decision,
                Reason = answer.Reason,
                Display = answer.Display,
                IsOpen = opens,
                IsLocal = false,
                Answer = answer,
                RoundTrip = roundTrip,
                Decide = reply.Decide,
            });
        }
        GateShowing? showing = null;
        Conclude(seq =>
        {
            var reason = _service.Decide(check);
            var opens = Opens(reason.Decision());
            var act = ActOf(seq + 1, opens ? BarrierAct.Opened : BarrierAct.StayedShut);
            showing = Alone(_barrier.Scan ?? 0, reason, opens) with { RoundTrip = roundTrip };
            return new JournalGroup
            {
                Events = [_service.WentOffline(seq), .. act],
                Local = _barrier.Scan is { } scan ? new LocalDecision(scan, reason) : null,
                Opening = opens ? _service.OpeningOf(check, isAlone: true, reason) : null,
            };
        });
        _service.Fail();
        return Settle(_barrier.Scan, code, showing!);
    }

    /// <param name="code">The code.</param>
    /// <param name="known">The reason, if the code does not matter for it.</param>
    private GateShowing DecideAlone(string code, ScanReason? known = null)
    {
        var check = _service.Check(code);
        GateShowing? showing = null;
        Write(seq =>
        {
            var reason = known ?? _service.Decide(check);
            var opens = Opens(reason.Decision());
            showing = Alone(seq, reason, opens);
            return new JournalGroup
            {
                Events = [_events.Scan(seq, code, reason), _events.Act(seq + 1, opens ? BarrierAct.Opened : BarrierAct.StayedShut, seq)],
                Opening = opens ? _service.OpeningOf(check, isAlone: true, reason) : null,
            };
        });
        return Settle(showing!.Scan, code, showing);
    }

    /// <summary>Does at the barrier what was decided and written, and raises an alarm if everybody is refused.</summary>
    private GateShowing Settle(long? scan, string code, GateShowing showing)
    {
        _barrier.Act(scan, code, showing);
        if (_refusals.Note(showing.Reason) is { } alarm)
        {
            Alarm(GateIncident.RefusesEverybody, alarm);
        }
        WatchLateExits(showing);
        TellFailure();
        return showing;
    }

    private void WatchLateExits(GateShowing showing)
    {
        if (showing.Reason != ScanReason.OpenedOfflineLate)
        {
            return;
        }
        var count = _journal.Openings.CountLate(_clock.Now);
        if (count > MostLateExits && !_hasManyLateExits)
        {
            Alarm(GateIncident.ManyLateExits, $"{count} openings within an hour for codes that had expired. They go on.");
        }
        _hasManyLateExits = count > MostLateExits;
    }

    /// <summary>Refuses what cannot be a symbol's text. There is no event for it: a scan reports the text as it was read.</summary>
    private GateShowing RefuseTooLong(string text)
    {
        var showing = Alone(0, ScanReason.NotACode, opens: false);
        _service.Report($"the reader sent {text.Length} characters at once; no symbol has more than {ReportedScan.MaxCodeLength}.");
        return Settle(null, text, showing);
    }

    private static GateShowing Alone(long scan, ScanReason reason, bool opens) => new()
    {
        Scan = scan,
        Decision = reason.Decision(),
        Reason = reason,
        Display = reason.Display(),
        IsOpen = opens,
        IsLocal = true,
    };

    private bool Opens(GateDecision decision) => decision == GateDecision.Open && !_barrier.IsFaulty;
}
