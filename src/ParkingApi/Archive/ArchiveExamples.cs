using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Archive;

/// <summary>Archived stays for the OpenAPI document.</summary>
internal static class ArchiveExamples
{
    private static readonly Instant EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16);

    private static readonly ArchivedStay Ended = new()
    {
        Id = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
        Facility = "hsp",
        EntryGate = "hsp-in-1",
        ExitGate = "hsp-out-1",
        EnteredAt = EnteredAt,
        EndedAt = EnteredAt + Duration.FromMinutes(65),
        Ending = StayEnding.Exited,
        State = StayState.Settled,
        Revision = 1,
    };

    public static ArchivedStaysAnswer Page { get; } = new([Ended], "17778834160000000-9c02aa71be5d4e318fd06b6a2c8b1f44");

    public static PlateSearchRequest ByPlate { get; } = new("沪A12345", "Lost property, case 2026-118");

    public static ArchivedStayAnswer Stay { get; } = new(
        Ended,
        [
            new()
            {
                Revision = 1,
                RecordedAt = EnteredAt + Duration.FromMinutes(66),
                EnteredAt = EnteredAt,
                EndedAt = EnteredAt + Duration.FromMinutes(65),
                Ending = StayEnding.Exited,
                State = StayState.Settled,
                Total = 2500,
                Currency = "CNY",
                Lines =
                [
                    new()
                    {
                        Kind = QuoteLineKind.Increments,
                        Amount = 2500,
                        From = EnteredAt,
                        To = EnteredAt + Duration.FromMinutes(75),
                        Quantity = 5,
                        UnitPrice = 500,
                        Text = new("5 × 15 分钟，每 15 分钟 ¥5.00", "5 × 15 minutes at ¥5.00"),
                    },
                ],
                Displayed = 2500,
                TariffVersion = 1,
                TariffHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                TimeZones = "TZDB: 2026a (mapping: $Revision$)",
            },
        ]);

    /// <summary>A stay for its owner: the exit's barrier reported after a minute.</summary>
    public static MyArchivedStayAnswer MyStay { get; } = new(
        new()
        {
            Id = Ended.Id,
            Version = 2,
            State = StayState.Settled,
            Facility = "hsp",
            Plate = "沪A12345",
            EntryGate = "hsp-in-1",
            EnteredAt = EnteredAt,
            ExitGate = "hsp-out-1",
            ExitedAt = Ended.EndedAt,
            EndedAt = Ended.EndedAt,
            Ending = StayEnding.Exited,
            Total = 2500,
            Currency = "CNY",
        },
        [
            Version(1, []),
            Version(2, [new("state", "provisional", "settled")]),
        ]);

    public static MyArchivedStaysAnswer MyPage { get; } = new([MyStay.Stay], "17778834160000000-9c02aa71be5d4e318fd06b6a2c8b1f44");

    private static MyArchivedVersion Version(int number, IReadOnlyList<StayChange> changes) => new()
    {
        Version = number,
        At = EnteredAt + Duration.FromMinutes(65 + number),
        Changes = changes,
        Total = 2500,
        Currency = "CNY",
        Lines = Stay.Revisions[0].Lines,
        Displayed = 2500,
    };
}
