using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Stays;

/// <summary>Stays for the OpenAPI document: ¥15 for the first hour, then ¥10 for each started half hour.</summary>
internal static class StayExamples
{
    private static readonly Instant EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16);

    /// <summary>After an hour and five minutes.</summary>
    public static StayAnswer Open { get; } = new()
    {
        Id = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
        Version = 1,
        State = StayState.Settled,
        Facility = "hsp",
        Plate = "沪A12345",
        EnteredAt = EnteredAt,
        Ending = StayEnding.Open,
        Quote = QuoteAt(EnteredAt + Duration.FromMinutes(65)) with { NextChange = new(EnteredAt + Duration.FromMinutes(90), 3500) },
    };

    /// <summary>A stay with a revision: its gate reported late that the vehicle had passed.</summary>
    public static StayAnswer Revised { get; } = Open with
    {
        Version = 2,
        ExitedAt = EnteredAt + Duration.FromMinutes(65),
        EndedAt = EnteredAt + Duration.FromMinutes(65),
        Ending = StayEnding.Exited,
        Revisions =
        [
            new(
                2,
                EnteredAt + Duration.FromMinutes(80),
                RevisionCause.Passed,
                "hsp-in-1/9f2c4e1ab03d5577/14",
                EnteredAt + Duration.FromSeconds(6),
                [new("state", "provisional", "settled")]),
        ],
    };

    /// <summary>An ended stay in the form of a list.</summary>
    public static StayAnswer Ended { get; } = Open with
    {
        Id = "9c02aa71be5d4e318fd06b6a2c8b1f44",
        Version = 3,
        ExitedAt = EnteredAt + Duration.FromMinutes(65),
        EndedAt = EnteredAt + Duration.FromMinutes(65),
        Ending = StayEnding.Exited,
        Quote = QuoteAt(EnteredAt + Duration.FromMinutes(65)) with { Lines = null, Considered = null },
    };

    /// <summary>A stay that was closed by an operator.</summary>
    public static StayAnswer Closed { get; } = Open with
    {
        Version = 2,
        State = StayState.Uncollectable,
        Plate = null,
        EndedAt = EnteredAt + Duration.FromDays(5),
        Ending = StayEnding.Inventory,
        Quote = null,
    };

    public static StaysAtRiskAnswer StaysAtRisk { get; } = new(
        EnteredAt + Duration.FromDays(4),
        [Open with { State = StayState.Conflicting, Doubts = [StayDoubt.TooLong], Plate = null, Quote = null }],
        0,
        0);

    public static RiskAnswer Risk { get; } = new(
        EnteredAt + Duration.FromMinutes(65),
        [new("hsp", StayState.Provisional, 3, 7500, "CNY", 0), new("hsp", StayState.Uncollectable, 2, 4000, "CNY", 1)],
        0);

    private static QuoteAnswer QuoteAt(Instant exitedAt) => new()
    {
        Tariff = "hsp",
        Version = 1,
        RateTable = "everyone",
        Rate = "standard",
        Currency = "CNY",
        EnteredAt = EnteredAt,
        ExitedAt = exitedAt,
        Total = 2500,
        Paid = 0,
        Due = 2500,
        ExceedsMaximumStay = false,
        Lines =
        [
            new()
            {
                Kind = QuoteLineKind.Tier,
                Amount = 1500,
                From = EnteredAt,
                To = EnteredAt + Duration.FromHours(1),
                Band = "any-time",
                Quantity = 1,
                UnitPrice = 1500,
                IncrementPeriod = "PT1H",
                Text = new("标准：1×1小时 ¥15", "Standard: 1 × 1 h at ¥15"),
            },
            new()
            {
                Kind = QuoteLineKind.Increments,
                Amount = 1000,
                From = EnteredAt + Duration.FromHours(1),
                To = EnteredAt + Duration.FromMinutes(90),
                Band = "any-time",
                Quantity = 1,
                UnitPrice = 1000,
                IncrementPeriod = "PT30M",
                Text = new("标准：1×30分钟 ¥10", "Standard: 1 × 30 min at ¥10"),
            },
        ],
        Considered = [new("standard", new("标准", "Standard"), null, 2500)],
    };
}
