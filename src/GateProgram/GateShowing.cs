using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>What came of a code that was shown.</summary>
public sealed record GateShowing
{
    /// <summary>The scan's number.</summary>
    public required long Scan { get; init; }

    public required GateDecision Decision { get; init; }

    public required ScanReason Reason { get; init; }

    /// <summary>What the driver sees.</summary>
    public required GateDisplay Display { get; init; }

    /// <summary>Whether the barrier opened. It stays shut against the decision where it is out of order.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether the gate decided alone.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>The service's answer; null where the gate decided alone.</summary>
    public ScanAnswer? Answer { get; init; }

    /// <summary>From the question to the answer, or to giving up; zero where nobody was asked.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>What the service says of it that deciding took (its <c>Server-Timing</c> header); null where it does not say.</summary>
    public TimeSpan? Decide { get; init; }

    /// <summary>Whether it is the code of before, shown once more: the same scan.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>What of the round trip was not deciding.</summary>
    public TimeSpan Network => Decide is { } decide && decide < RoundTrip ? RoundTrip - decide : RoundTrip;
}
