using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// One gate: reader, barrier, loop and display on one side, journal and service on the other. It has no loop of its own: whoever drives it
/// shows codes and moves vehicles, and calls <see cref="WorkAsync"/> when <see cref="NextWorkAt"/> has come. Safe to use from many threads.
/// </summary>
/// <remarks>
/// <para>One vehicle at a time stands before it. A code read again before that vehicle has passed or left is the same scan.</para>
/// <para>Whatever it does is in the journal, on the disk, before the barrier moves or the network is asked. Where that fails, the method
/// throws, the barrier stays as it is, and the machine is to be opened again.</para>
/// </remarks>
public sealed partial class GateMachine : IDisposable
{
    private readonly GateJournal _journal;
    private readonly GateService _service;
    private readonly GateClock _clock;
    private readonly EventMaker _events;
    private readonly TimeProvider _time;
    private readonly Lock _sync;
    private readonly LaneBarrier _barrier = new();
    private readonly SemaphoreSlim _lane = new(1);

    private GateMachine(GateJournal journal, GateService service, GateClock clock, TimeProvider time, Lock sync)
    {
        (_journal, _service, _clock, _time, _sync) = (journal, service, clock, time, sync);
        _events = new EventMaker(clock);
        service.Renumbered = _barrier.Renumber;
    }

    public GateState State => _barrier.State;

    /// <summary>Whether a vehicle can pass.</summary>
    public bool IsOpen => _barrier.IsOpen;

    /// <summary>What the driver sees.</summary>
    public GateDisplay Display => _barrier.Display;

    /// <summary>The journal's id.</summary>
    public string Journal => _journal.Id;

    /// <summary>The number of the newest event; 0: none yet.</summary>
    public long LastSeq => _journal.LastSeq;

    /// <summary>The service has answered for every event up to and including this one.</summary>
    public long AcknowledgedThrough => _journal.AcknowledgedThrough;

    /// <summary>Whether the gate decides alone.</summary>
    public bool IsCutOff => _service.IsCutOff;

    /// <summary>What the service said last of how to decide alone; null: never anything.</summary>
    public GateFeed? Feed => _service.Feed;

    /// <summary>When there is work, by the device's clock. It may come nearer with every call.</summary>
    public DateTimeOffset NextWorkAt => _service.NextWorkAt;

    /// <summary>
    /// Continues from the journal. A scan without a recorded barrier event counts as not opened. A barrier that was broken stays broken.
    /// </summary>
    /// <param name="settings">The gate.</param>
    /// <param name="folder">Its disk.</param>
    /// <param name="http">Has the service's address; may be shared by any number of gates.</param>
    /// <param name="time">The device's clocks.</param>
    /// <exception cref="JournalDamagedException">What was surely on the disk is damaged.</exception>
    /// <exception cref="IOException">The disk cannot be read or written.</exception>
    public static Task<GateMachine> OpenAsync(GateMachineSettings settings, IGateFolder folder, HttpClient http, TimeProvider time)
    {
        var journal = GateJournal.Open(folder, settings.CreateJournalId);
        try
        {
            var sync = new Lock();
            var clock = new GateClock(time, journal.LastClockOffset);
            var service = new GateService(
                settings, journal, folder, new GateApi(http, settings.Gate, settings.Key, time), clock, time, sync);
            var machine = new GateMachine(journal, service, clock, time, sync);
            machine.Recover();
            return Task.FromResult(machine);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>A code was read.</summary>
    /// <param name="code">The text of the symbol.</param>
    /// <param name="cancellationToken">Ends the asking: the barrier stays shut.</param>
    /// <returns>What came of it; null where the barrier is open for another vehicle, and this one has to wait.</returns>
    public async Task<GateShowing?> ShowAsync(string code, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            return _barrier.Find(code) is { } before ? before
                : IsOpen ? null
                : _service.IsCutOff ? DecideAlone(code)
                : await AskAsync(code, cancellationToken);
        }
        finally
        {
            _lane.Release();
        }
    }

    /// <summary>The vehicle moved.</summary>
    /// <exception cref="InvalidOperationException">It cannot have: the barrier is not open, or is.</exception>
    public Task MoveAsync(VehicleMove move) => InLaneAsync(() =>
    {
        _barrier.RequirePossible(move);
        if (IsOpen)
        {
            Write(seq => new JournalGroup { Events = ActOf(seq, move == VehicleMove.Passed ? BarrierAct.Passed : BarrierAct.BackedOut) });
        }
        _barrier.Clear();
    });

    /// <summary>
    /// Does what is due: sends events and heartbeats, fetches the feed, wipes codes. Does nothing while it is at it already.
    /// </summary>
    public Task WorkAsync(CancellationToken cancellationToken) => _service.WorkAsync(cancellationToken);

    /// <summary>Sends events until all are acknowledged, then wipes their codes.</summary>
    /// <returns>Whether that is so; false as soon as one attempt got no answer.</returns>
    public Task<bool> DrainAsync(CancellationToken cancellationToken) => _service.DrainAsync(cancellationToken);

    public void Dispose()
    {
        _journal.Dispose();
        _service.Dispose();
        _lane.Dispose();
    }

    private void Recover()
    {
        _barrier.IsFaulty = _journal.IsFaulty;
        _barrier.Clear();
        if (_journal.Standing is not { } standing)
        {
            return;
        }
        _barrier.Resume(standing);
        if (IsOpen)
        {
            return;
        }
        if (standing.Act is null)
        {
            Write(seq => new JournalGroup { Events = ActOf(seq, BarrierAct.StayedShut) });
        }
        _barrier.Clear();
    }

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
                Opening = opens ? OpeningOf(check, isAlone: false) : null,
            });
            return _barrier.Act(_barrier.Scan, code, new GateShowing
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
            var opens = Opens(DecisionOf(reason));
            var act = ActOf(seq + 1, opens ? BarrierAct.Opened : BarrierAct.StayedShut);
            showing = Alone(_barrier.Scan ?? 0, reason, opens) with { RoundTrip = roundTrip };
            return new JournalGroup
            {
                Events = [_service.WentOffline(seq), .. act],
                Local = _barrier.Scan is { } scan ? new LocalDecision(scan, reason) : null,
                Opening = opens ? OpeningOf(check, isAlone: true) : null,
            };
        });
        _service.Fail();
        return _barrier.Act(_barrier.Scan, code, showing!);
    }

    private GateShowing DecideAlone(string code)
    {
        var check = _service.Check(code);
        GateShowing? showing = null;
        Write(seq =>
        {
            var reason = _service.Decide(check);
            var opens = Opens(DecisionOf(reason));
            showing = Alone(seq, reason, opens);
            return new JournalGroup
            {
                Events = [_events.Scan(seq, code, reason), _events.Act(seq + 1, opens ? BarrierAct.Opened : BarrierAct.StayedShut, seq)],
                Opening = opens ? OpeningOf(check, isAlone: true) : null,
            };
        });
        return _barrier.Act(showing!.Scan, code, showing);
    }

    private static GateShowing Alone(long scan, ScanReason reason, bool opens) => new()
    {
        Scan = scan,
        Decision = DecisionOf(reason),
        Reason = reason,
        Display = DisplayTexts.Of(reason),
        IsOpen = opens,
        IsLocal = true,
    };

    private static GateDecision DecisionOf(ScanReason reason) =>
        reason == ScanReason.OpenedOffline ? GateDecision.Open : GateDecision.Refuse;

    private bool Opens(GateDecision decision) => decision == GateDecision.Open && !_barrier.IsFaulty;

    private Opening? OpeningOf(CodeCheck check, bool isAlone) =>
        check.IsGenuine ? new Opening(_clock.Now, isAlone, check.CodeId, check.ExpiresAt + _service.Skew) : null;

    /// <summary>
    /// What the barrier did for the scan. One that stayed behind in a journal that was given up, or a person who opened for none, has
    /// nothing that an act could name: an opening is then told as one by hand, all else not at all.
    /// </summary>
    private IReadOnlyList<ReportedEvent> ActOf(long seq, BarrierAct act) =>
        _barrier.Scan is { } scan ? [_events.Act(seq, act, scan)]
        : act == BarrierAct.Opened ? [_events.Act(seq, BarrierAct.OpenedByHand, null, "opened for a scan of the journal before")]
        : [];

    private void Write(Func<long, JournalGroup> create)
    {
        lock (_sync)
        {
            var group = create(_journal.NextSeq);
            if (!group.IsEmpty)
            {
                _journal.Append(group);
                _service.NoteWritten();
            }
        }
    }

    /// <summary>Writes what came of the question; from then on the scan goes up with all else.</summary>
    private void Conclude(Func<long, JournalGroup> create)
    {
        lock (_sync)
        {
            Write(create);
            _service.Asking = null;
            _service.NoteWritten();
        }
    }

    private async Task InLaneAsync(Action action)
    {
        await _lane.WaitAsync();
        try
        {
            action();
        }
        finally
        {
            _lane.Release();
        }
    }
}
