using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The state of barrier, loop, display and the one vehicle at the gate. It does not know the journal or the service: it changes only when
/// its caller has written an event.
/// </summary>
internal sealed class LaneBarrier
{
    // The code of that vehicle. After a restart only the scan is known, so this is null.
    private string? _code;
    private GateShowing? _showing;
    private long? _lastOpened;

    public GateState State { get; private set; } = GateState.Waiting;

    public bool IsOpen => State == GateState.Open;

    /// <summary>What the driver sees.</summary>
    public GateDisplay Display { get; private set; } = DisplayTexts.Welcome;

    /// <summary>The scan of the vehicle at the gate; null if there is no vehicle or it has shown no code.</summary>
    public long? Scan { get; private set; }

    /// <summary>The scan to name when a second vehicle follows on one opening.</summary>
    public long? LastScan => Scan ?? _lastOpened;

    /// <summary>Whether the barrier does not obey. Then it stays shut, unless a person opens it.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>The result for a code, if it is the code of the vehicle at the gate.</summary>
    public GateShowing? Find(string code) => code == _code && _showing is { } showing ? showing with { IsRepeat = true } : null;

    /// <summary>A code was sent to the service to be decided.</summary>
    public void Ask(long scan, string code)
    {
        RequireShut();
        (Scan, _code, _showing) = (scan, code, null);
        Face(GateState.Asking, DisplayTexts.Asking);
    }

    /// <summary>The decision was made and written.</summary>
    public GateShowing Act(long? scan, string code, GateShowing showing)
    {
        RequireShut();
        (Scan, _code, _showing) = (scan, code, showing);
        _lastOpened = showing.IsOpen ? scan : _lastOpened;
        Face(showing.IsOpen ? GateState.Open : GateState.Refused, IsFaulty ? DisplayTexts.OutOfOrder : showing.Display);
        return showing;
    }

    /// <summary>A person opened the barrier. From here on the vehicle has no scan.</summary>
    public void OpenWithoutScan()
    {
        RequireShut();
        Scan = null;
        OpenByHand();
    }

    /// <summary>A person opened the barrier, for the vehicle's scan if it has one.</summary>
    public void OpenByHand()
    {
        RequireShut();
        _lastOpened = Scan;
        Face(GateState.Open, DisplayTexts.OpenedByHand);
    }

    /// <summary>Throws if the vehicle cannot have moved like this.</summary>
    /// <exception cref="InvalidOperationException">The movement is not possible in the present state of the barrier.</exception>
    public void RequirePossible(VehicleMove move)
    {
        if (State == GateState.Asking || IsOpen == (move == VehicleMove.TurnedAway))
        {
            throw new InvalidOperationException($"The vehicle cannot have {move}: the gate is {State}.");
        }
    }

    /// <summary>The vehicle is gone.</summary>
    public void Clear()
    {
        (Scan, _code, _showing) = (null, null, null);
        Face(GateState.Waiting, IsFaulty ? DisplayTexts.OutOfOrder : DisplayTexts.Welcome);
    }

    /// <summary>Restores the state of a gate that was stopped.</summary>
    public void Resume(StandingScan standing)
    {
        (Scan, _lastOpened) = (standing.Seq, standing.IsOpen ? standing.Seq : null);
        if (standing.IsOpen)
        {
            Face(GateState.Open, DisplayTexts.OpenedByHand);
        }
    }

    /// <summary>Applies the numbers of a new journal. A scan without a new number is no longer known.</summary>
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

/// <summary>The state of a gate.</summary>
public enum GateState
{
    /// <summary>Shut; no code was shown.</summary>
    Waiting,

    /// <summary>Shut; the service is deciding a scan.</summary>
    Asking,

    /// <summary>Open until the vehicle has passed or gone back.</summary>
    Open,

    /// <summary>Shut after a refusal; the display gives the reason.</summary>
    Refused,
}

/// <summary>The movement of a vehicle as the loop in the lane reports it.</summary>
public enum VehicleMove
{
    /// <summary>It passed the barrier.</summary>
    Passed,

    /// <summary>It went back from an open barrier.</summary>
    BackedOut,

    /// <summary>It left a shut barrier.</summary>
    TurnedAway,
}
