using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// One gate: it connects reader, barrier, loop and display with the journal and the service. It has no work loop of its own: the caller
/// shows codes, moves vehicles, and calls <see cref="WorkAsync"/> when <see cref="NextWorkAt"/> is reached. Safe to use from many threads.
/// </summary>
/// <remarks>
/// <para>One vehicle at a time is at the gate. If its code is read again before it has passed or left, that is the same scan.</para>
/// <para>Every event is on the disk before the barrier moves or a request is sent. If the disk cannot be written any more, the gate goes on
/// in memory and says so.</para>
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
    private readonly RefusalWatch _refusals = new();
    private readonly SemaphoreSlim _lane = new(1);

    private GateMachine(
        GateMachineSettings settings, GateJournal journal, GateService service, GateClock clock, TimeProvider time, Lock sync)
    {
        (_journal, _service, _clock, _time, _sync) = (journal, service, clock, time, sync);
        _retryBarrier = settings.RetryBarrier;
        _backoff = new Backoff(settings.Jitter);
        _events = new EventMaker(clock);
        _commands = new CommandMemory(time);
        service.Renumbered = numbers =>
        {
            _barrier.Renumber(numbers);
            _claim = _claim is { } old && numbers.TryGetValue(old, out var now) ? now : null;
        };
        service.Position = () => Position;
    }

    public GateState State => _barrier.State;

    /// <summary>Whether the barrier is open for one vehicle. One that is held open by a command is not open in this sense.</summary>
    public bool IsOpen => _barrier.IsOpen;

    /// <summary>How the barrier is.</summary>
    public BarrierPosition Position =>
        _barrier.IsFaulty ? BarrierPosition.Faulty
        : IsHeld ? BarrierPosition.HeldOpen
        : IsOpen ? BarrierPosition.Open
        : IsLocked ? BarrierPosition.Locked
        : BarrierPosition.Closed;

    /// <summary>The text that the driver sees.</summary>
    public GateDisplay Display =>
        State == GateState.Waiting && Position == BarrierPosition.Locked ? ScanReason.LaneLocked.Display() : _barrier.Display;

    /// <summary>The journal's id.</summary>
    public string Journal => _journal.Id;

    /// <summary>The number of the newest event; 0 if there is none.</summary>
    public long LastSeq => _journal.LastSeq;

    /// <summary>The service has answered every event up to and including this number.</summary>
    public long AcknowledgedThrough => _journal.AcknowledgedThrough;

    /// <summary>Whether events of a damaged journal are still to be reported.</summary>
    public bool HasLeftovers => _service.HasLeftovers;

    /// <summary>Whether the gate is offline and decides without the service.</summary>
    public bool IsCutOff => _service.IsCutOff;

    /// <summary>The last feed, with the rules for deciding without the service; null before the first.</summary>
    public GateFeed? Feed => _service.Feed;

    /// <summary>Which way the lane leads, as the gate takes it now.</summary>
    public GateDirection Direction => _service.Direction;

    /// <summary>When the next work is due, by the device's clock. Any call may make it earlier.</summary>
    public DateTimeOffset NextWorkAt => _service.NextWorkAt;

    /// <summary>
    /// Opens the gate from its journal. A scan without a recorded barrier event counts as not opened. A barrier that was faulty is still
    /// faulty. The gate starts with whatever is on its disk, and without a disk that can be written; it then says so.
    /// </summary>
    /// <param name="settings">The gate's settings.</param>
    /// <param name="folder">The gate's disk.</param>
    /// <param name="http">Has the service's address. Any number of gates may share it.</param>
    /// <param name="time">The device's clocks.</param>
    /// <exception cref="GateMismatchException">The disk is that of another gate.</exception>
    /// <exception cref="GateFolderInUseException">Another program has the disk.</exception>
    public static Task<GateMachine> OpenAsync(GateMachineSettings settings, IGateFolder folder, HttpClient http, TimeProvider time)
    {
        var storage = GateStorage.Open(settings, folder);
        var journal = storage.Journal;
        try
        {
            var sync = new Lock();
            var clock = new GateClock(time, journal.LastClockOffset, settings.Boot);
            var service = new GateService(
                settings, storage, folder, new GateApi(http, settings.Gate, settings.Key, time), clock, time, sync);
            var machine = new GateMachine(settings, journal, service, clock, time, sync);
            machine.Recover();
            if (storage.Trouble is { } trouble)
            {
                machine.Alarm(GateIncident.StorageDamaged, trouble);
            }
            if (journal.UnknownRecords is > 0 and var unknown)
            {
                service.Report($"the journal has {unknown} records of a later version of the gate program; they are passed over.");
            }
            return Task.FromResult(machine);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Handles a code that the reader has read.</summary>
    /// <param name="code">The text of the symbol.</param>
    /// <param name="cancellationToken">Cancels the request to the service; the barrier then stays shut.</param>
    /// <returns>The result; null if the barrier is open for another vehicle and this one has to wait.</returns>
    public async Task<GateShowing?> ShowAsync(string code, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            return _barrier.Find(code) is { } before ? before
                : IsOpen ? null
                : code.Length > ReportedScan.MaxCodeLength ? RefuseTooLong(code)
                : IsLocked ? DecideAlone(code, ScanReason.LaneLocked)
                : _service.IsRevoked(code) ? DecideAlone(code, ScanReason.DeviceRevoked)
                : _service.IsCutOff ? DecideAlone(code)
                : await AskAsync(code, cancellationToken);
        }
        finally
        {
            _lane.Release();
        }
    }

    /// <summary>Handles a movement of the vehicle.</summary>
    /// <exception cref="InvalidOperationException">The movement is not possible in the present state of the barrier.</exception>
    public Task MoveAsync(VehicleMove move) => InLaneAsync(() => Move(move));

    /// <summary>
    /// Handles that the vehicle goes on: through the barrier if it is open by now, whoever opened it; otherwise away from it.
    /// </summary>
    public async Task<VehicleMove> LeaveAsync()
    {
        var move = VehicleMove.TurnedAway;
        await InLaneAsync(() => Move(move = IsOpen || IsHeld ? VehicleMove.Passed : VehicleMove.TurnedAway));
        return move;
    }

    /// <summary>
    /// Does the work that is due: sends events and heartbeats, fetches the feed, wipes codes. Returns at once if another call is doing it.
    /// </summary>
    /// <exception cref="GateMismatchException">The service's first word says that the lane leads the other way.</exception>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await _service.WorkAsync(cancellationToken);

        // Between a scan and its act there is no other event. With a vehicle at the gate, the alarm comes with its decision.
        if (_journal.Failure is not null && await _lane.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            try
            {
                TellFailure();
            }
            finally
            {
                _lane.Release();
            }
        }
    }

    /// <summary>Sends events until all are acknowledged, then wipes their codes.</summary>
    /// <returns>Whether all are acknowledged; false after the first attempt without an answer.</returns>
    public Task<bool> DrainAsync(CancellationToken cancellationToken) => _service.DrainAsync(cancellationToken);

    public void Dispose()
    {
        _journal.Dispose();
        _service.Dispose();
        _lane.Dispose();
    }

    private void Move(VehicleMove move)
    {
        if (IsHeld && State is GateState.Waiting or GateState.Refused)
        {
            PassHeld(move);
        }
        else
        {
            _barrier.RequirePossible(move);
            if (IsOpen)
            {
                var act = move == VehicleMove.Passed ? BarrierAct.Passed : BarrierAct.BackedOut;
                Write(seq => new JournalGroup { Events = ActOf(seq, act) });
            }
        }
        _barrier.Clear();
    }

    private void Recover()
    {
        RecoverBarrier();
        RecoverClaims();
    }

    private void RecoverBarrier()
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

    /// <summary>
    /// The events for what the barrier did. Without a scan in this journal (it remained in an abandoned journal, or a person opened the
    /// barrier) a barrier event has no scan to name. Then an opening is reported as an opening by hand, and anything else is not reported.
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

    /// <summary>Writes the result of the request to the service. After that, the scan is sent with the other events.</summary>
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
