using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Barrier, loop and display, and the one vehicle before them. It knows nothing of journal and service: it is told when something is
/// written, and only then moves.
/// </summary>
internal sealed class LaneBarrier
{
    // Its code: a gate that was restarted knows the scan only.
    private string? _code;
    private GateShowing? _showing;
    private long? _lastOpened;

    public GateState State { get; private set; } = GateState.Waiting;

    public bool IsOpen => State == GateState.Open;

    /// <summary>What the driver sees.</summary>
    public GateDisplay Display { get; private set; } = DisplayTexts.Welcome;

    /// <summary>The scan of the vehicle that stands there; null if none does, or it showed nothing.</summary>
    public long? Scan { get; private set; }

    /// <summary>The scan that a vehicle without one follows.</summary>
    public long? LastScan => Scan ?? _lastOpened;

    /// <summary>Whether it does not do what it is told. Then it stays shut, but for a person's hand.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>What was made of a code, if it is the one of the vehicle that stands there.</summary>
    public GateShowing? Find(string code) => code == _code && _showing is { } showing ? showing with { IsRepeat = true } : null;

    /// <summary>A code is on its way to be decided.</summary>
    public void Ask(long scan, string code)
    {
        RequireShut();
        (Scan, _code, _showing) = (scan, code, null);
        Face(GateState.Asking, DisplayTexts.Asking);
    }

    /// <summary>It is decided, and written.</summary>
    public GateShowing Act(long? scan, string code, GateShowing showing)
    {
        RequireShut();
        (Scan, _code, _showing) = (scan, code, showing);
        _lastOpened = showing.IsOpen ? scan : _lastOpened;
        Face(showing.IsOpen ? GateState.Open : GateState.Refused, IsFaulty ? DisplayTexts.OutOfOrder : showing.Display);
        return showing;
    }

    /// <summary>A person opens it.</summary>
    public void OpenByHand()
    {
        RequireShut();
        _lastOpened = Scan;
        Face(GateState.Open, DisplayTexts.OpenedByHand);
    }

    /// <summary>Whether the vehicle can have moved like this.</summary>
    /// <exception cref="InvalidOperationException">It cannot: the barrier is not open, or is.</exception>
    public void RequirePossible(VehicleMove move)
    {
        if (State == GateState.Asking || IsOpen == (move == VehicleMove.TurnedAway))
        {
            throw new InvalidOperationException($"The vehicle cannot have {move}: the gate is {State}.");
        }
    }

    /// <summary>Nobody stands there any more.</summary>
    public void Clear()
    {
        (Scan, _code, _showing) = (null, null, null);
        Face(GateState.Waiting, IsFaulty ? DisplayTexts.OutOfOrder : DisplayTexts.Welcome);
    }

    /// <summary>Takes up where a gate was when it was stopped.</summary>
    public void Resume(StandingScan standing)
    {
        (Scan, _lastOpened) = (standing.Seq, standing.IsOpen ? standing.Seq : null);
        if (standing.IsOpen)
        {
            Face(GateState.Open, DisplayTexts.OpenedByHand);
        }
    }

    /// <summary>The scans have new numbers. One that has none stayed behind.</summary>
    public void Renumber(IReadOnlyDictionary<long, long> numbers)
    {
        Scan = Of(Scan);
        _lastOpened = Of(_lastOpened);

        long? Of(long? scan) => scan is { } old && numbers.TryGetValue(old, out var now) ? now : null;
    }

    private void RequireShut()
    {
        if (IsOpen)
        {
            throw new InvalidOperationException("The barrier is open.");
        }
    }

    private void Face(GateState state, GateDisplay display) => (State, Display) = (state, display);
}

/// <summary>What a gate is doing.</summary>
public enum GateState
{
    /// <summary>Shut; nobody has shown a code.</summary>
    Waiting,

    /// <summary>Shut; a scan is on its way to the service.</summary>
    Asking,

    /// <summary>Open until the vehicle has passed or gone back.</summary>
    Open,

    /// <summary>Shut; the driver sees why.</summary>
    Refused,
}

/// <summary>What the loop in the lane tells of the vehicle.</summary>
public enum VehicleMove
{
    /// <summary>It went through.</summary>
    Passed,

    /// <summary>It went back from an open barrier.</summary>
    BackedOut,

    /// <summary>It went away from a shut one.</summary>
    TurnedAway,
}
