using NodaTime;
using Parking.Contracts;

namespace Parking.Api.Inventories;

/// <summary>Inventories for the OpenAPI document: 41 vehicles were counted, and one that is in the books was not there.</summary>
internal static class InventoryExamples
{
    private const string Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90";

    private static readonly Instant CountedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 0);

    public static InventoryPreviewRequest Asked { get; } = new() { CountedAt = CountedAt, Count = 41, Closes = [Stay] };

    public static InventoryPreviewAnswer Preview { get; } = new()
    {
        Version = "5d0c6a1f93b27e48",
        AsOf = CountedAt + Duration.FromMinutes(3),
        Stays =
        [
            new()
            {
                Id = Stay,
                Effect = InventoryEffect.Closes,
                Gate = "hsp-in-1",
                EnteredAt = CountedAt - Duration.FromDays(3),
                State = StayState.Settled,
            },
        ],
        Occupied = 43,
        Shown = 43,
        ShownAfter = 41,
        Doubted = [new("hsp-out-1", GatePresence.Silent, CountedAt - Duration.FromMinutes(12), 4)],
        PassagesSince = CountedAt - Duration.FromMinutes(2),
        Passages = 2,
    };

    public static InventoryRequest Request { get; } = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
        CountedAt = CountedAt,
        Count = 41,
        Closes = [Stay],
        Reason = "walked through all floors",
        Version = Preview.Version,
        Despite = ["hsp-out-1"],
    };

    public static InventoryAnswer Answer { get; } = new()
    {
        Id = Request.Id,
        Stays = [Preview.Stays[0] with { EndedAt = CountedAt, State = StayState.Uncollectable }],
        Occupied = 42,
        Shown = 41,
    };
}
