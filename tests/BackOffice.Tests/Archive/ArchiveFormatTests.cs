using NodaTime;
using Parking.Accounts;
using Parking.BackOffice.Archive;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Archive;

/// <summary>
/// What the archive keeps for years is made as before: another hash would amend every stay, another name would find none.
/// </summary>
public sealed class ArchiveFormatTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 24, 8, 0);

    private static readonly Stay Parked = new()
    {
        Id = new(new("hsp-in-1"), new(0x9f2c4e1ab03d5577), 12),
        Facility = new("hsp"),
        Vehicle = new(2),
        EnteredAt = Start,
        EarliestEntry = Start - Duration.FromMinutes(5),
        Terms = new(3, VehicleClass.Motorcycle, 80, Entitlements.Of("resident")),
        EndedBy = new(new("hsp-out-1"), new(1), 7),
        EndedAt = Start + Duration.FromHours(2),
        LatestExit = Start + Duration.FromHours(3),
        Ending = StayEnding.Exited,
        State = StayState.Conflicting,
        Doubts = StayDoubts.EntryTime | StayDoubts.ExitTime,
    };

    [Fact]
    public void Facts_AreHashedAsBefore() => Assert.Equal(
        "cfe13e616ef08fa1 b51aa5d24a9387df b82a8071614f7ae6 6600d125ef566084",
        string.Join(' ', new[]
        {
            StayFacts.HashOf(Parked, new(2500, "CNY")),
            StayFacts.HashOf(new() { Id = Parked.Id, Facility = Parked.Facility, Vehicle = VehicleSlot.None }, null),
            StayFacts.HashOfGone(Parked.Id, Parked.EndedBy),
            StayFacts.HashOfGone(Parked.Id, null),
        }.Select(hash => Convert.ToHexStringLower(hash.AsSpan(0, 8)))));

    [Fact]
    public void Names_AreMadeAsBefore()
    {
        var keys = new ArchiveKeys([.. Enumerable.Range(1, 32).Select(n => (byte)n)]);

        Assert.Equal("955551e0a3577ec4b68b18296c5a7796", keys.StayOf(CodeId.Parse("4be1c6f0a7d94f0f8f2c1a5d3e6b7a90")));
        Assert.Equal("0987fabeb596ae8ec30b3c19d9f27c8d", Convert.ToHexStringLower(keys.PlateOf(Plate.Parse("沪A·12345"))));
    }
}
