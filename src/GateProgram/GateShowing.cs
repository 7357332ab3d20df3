using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The result of showing a code.</summary>
public sealed record GateShowing
{
    /// <summary>The number of the scan.</summary>
    public required long Scan { get; init; }

    public required GateDecision Decision { get; init; }

    public required ScanReason Reason { get; init; }

    /// <summary>The text that the driver sees.</summary>
    public required GateDisplay Display { get; init; }

    /// <summary>Whether the barrier opened. A faulty barrier stays shut even if the decision is to open.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether the gate decided without the service.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>The service's answer; null if the gate decided without the service.</summary>
    public ScanAnswer? Answer { get; init; }

    /// <summary>The time from the request to the answer or to giving up; zero if no request was sent.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>The service's time for deciding, from its <c>Server-Timing</c> header; null if the header is missing.</summary>
    public TimeSpan? Decide { get; init; }

    /// <summary>Whether the same code was shown again. It is the same scan.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The round trip without the service's time for deciding.</summary>
    public TimeSpan Network => Decide is { } decide && decide < RoundTrip ? RoundTrip - decide : RoundTrip;
}
