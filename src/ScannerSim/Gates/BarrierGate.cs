using NodaTime;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates;

/// <summary>
/// One gate: what it makes of the codes it reads and the answers it gets. No input or output of its own; whoever drives it reads codes, posts the
/// scans it hands out and moves the vehicles.
/// </summary>
/// <remarks>
/// One vehicle at a time stands before it. A code read again before that vehicle has passed or left is the same scan: same number, same content.
/// A code is a secret: the gate forgets it with the vehicle.
/// </remarks>
internal sealed class BarrierGate
{
    private readonly string _journal;
    private long _lastSeq = EventSequence.First - 1;
    private ScanRequest? _scan;

    /// <param name="journal">16 lowercase hexadecimal digits.</param>
    public BarrierGate(string journal)
    {
        _journal = journal;
        Display = DisplayTexts.Welcome;
    }

    public GateState State { get; private set; } = GateState.Waiting;

    /// <summary>Whether a vehicle can pass.</summary>
    public bool IsOpen => State == GateState.Open;

    /// <summary>What the driver sees.</summary>
    public GateDisplay Display { get; private set; }

    /// <summary>The answer the gate acts on; null where it has none.</summary>
    public ScanAnswer? Answer { get; private set; }

    /// <summary>Whether a code is the one of the vehicle that stands before the gate.</summary>
    public bool IsShowing(string code) => _scan?.Code == code;

    /// <summary>A code was read.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="now">The gate's own clock.</param>
    /// <returns>The scan to post now; null if there is nothing to ask: the same scan is on its way or answered, or the gate is busy with another.</returns>
    public ScanRequest? ReadCode(string code, Instant now) => State switch
    {
        GateState.Waiting => Ask(NextScan(code, now)),
        GateState.Unanswered => Ask(IsShowing(code) ? _scan! : NextScan(code, now)),
        GateState.Refused when !IsShowing(code) => Ask(NextScan(code, now)),
        _ => null,
    };

    /// <summary>The answer to the scan that was asked for.</summary>
    /// <exception cref="InvalidOperationException">Nothing was asked.</exception>
    public void TakeAnswer(ScanAnswer answer)
    {
        RequireAsking();
        Answer = answer;
        Display = answer.Display;
        State = answer.Decision == GateDecision.Open ? GateState.Open : GateState.Refused;
    }

    /// <summary>No answer came. Deciding alone is not this gate's to do: it stays shut and says so.</summary>
    /// <exception cref="InvalidOperationException">Nothing was asked.</exception>
    public void GiveUp()
    {
        RequireAsking();
        Display = DisplayTexts.NoAnswer;
        State = GateState.Unanswered;
    }

    /// <summary>The vehicle has passed through, or has gone away from a shut barrier. A scan on its way keeps its gate.</summary>
    /// <exception cref="InvalidOperationException">A scan is on its way.</exception>
    public void Clear()
    {
        if (State == GateState.Asking)
        {
            throw new InvalidOperationException("A scan is on its way; its answer comes first.");
        }
        _scan = null;
        Answer = null;
        Display = DisplayTexts.Welcome;
        State = GateState.Waiting;
    }


    private ScanRequest NextScan(string code, Instant now) =>
        new() { Journal = _journal, Seq = ++_lastSeq, DeviceTime = now, Code = code };

    private ScanRequest Ask(ScanRequest scan)
    {
        _scan = scan;
        Answer = null;
        Display = DisplayTexts.Asking;
        State = GateState.Asking;
        return scan;
    }

    private void RequireAsking()
    {
        if (State != GateState.Asking)
        {
            throw new InvalidOperationException($"No scan is on its way: the gate is {State}.");
        }
    }
}
