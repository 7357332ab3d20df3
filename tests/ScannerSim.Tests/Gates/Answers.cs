using NodaTime;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates;

internal static class Answers
{
    public static ScanAnswer Open { get; } = new()
    {
        Decision = GateDecision.Open,
        Reason = ScanReason.Entered,
        DecidedAt = Instant.FromUtc(2026, 11, 24, 8, 0),
        Display = new GateDisplay("欢迎", "Welcome"),
        AcknowledgedThrough = 1,
    };

    public static ScanAnswer Refuse { get; } = Open with
    {
        Decision = GateDecision.Refuse,
        Reason = ScanReason.Full,
        Display = new GateDisplay("车位已满", "Car park full"),
    };
}
