using NodaTime;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>An upload and its answer for the OpenAPI document.</summary>
internal static class EventExamples
{
    public static readonly EventUpload Upload = new()
    {
        Journal = "9f2c4e1ab03d5577",
        Events =
        [
            new ReportedAct
            {
                Seq = 12,
                DeviceTime = Instant.FromUtc(2026, 5, 4, 9, 35, 9),
                ClockOffset = -120,
                Act = BarrierAct.Passed,
                Scan = 10,
            },
            new ReportedScan { Seq = 13, DeviceTime = Instant.FromUtc(2026, 5, 4, 9, 35, 16), ClockOffset = -120, Code = "SP1:…" },
        ],
    };

    public static readonly UploadAnswer Answer = new()
    {
        Time = Instant.FromUtc(2026, 5, 4, 9, 35, 17),
        Epoch = "5f0a21c7",
        ResendFrom = Instant.FromUtc(2026, 5, 3, 22, 4, 11),
        AcknowledgedThrough = 13,
        Answers =
        [
            new() { Seq = 12, Outcome = EventOutcome.Recorded },
            new()
            {
                Seq = 13,
                Outcome = EventOutcome.Decided,
                Scan = new()
                {
                    Decision = GateDecision.Open,
                    Reason = ScanReason.Exited,
                    DecidedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
                    Stay = new()
                    {
                        Id = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
                        EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16),
                        ExitedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
                    },
                    Fee = new()
                    {
                        Currency = "CNY",
                        Total = 2500,
                        Lines =
                        [
                            new() { Text = new("标准：1×1小时 ¥15", "Standard: 1 × 1 h at ¥15"), Amount = 1500 },
                            new() { Text = new("标准：1×30分钟 ¥10", "Standard: 1 × 30 min at ¥10"), Amount = 1000 },
                        ],
                    },
                    Display = new("一路平安，停车1小时5分，¥25", "Goodbye. Parked 1 h 5 min, ¥25"),
                    DecisionToken = "AWJ5dGVz…",
                },
            },
        ],
    };
}
