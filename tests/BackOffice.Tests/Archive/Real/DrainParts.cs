using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Tariffs;

namespace Parking.BackOffice.Tests.Archive.Real;

/// <summary>What a drain is made of: a live store in memory, the archive's database, a small city and a clock.</summary>
internal sealed class DrainParts(MemoryStore store, Func<ISqlDatabase> sql, Tariff? tariff = null)
{
    private static readonly Facility Template = new()
    {
        Id = new("harbour"),
        District = new("north"),
        Name = new("港口", "Harbour"),
        Capacity = 100,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
    };

    public MemoryStore Store => store;

    public Func<ISqlDatabase> Sql => sql;

    public SettableClock Clock { get; } = new();

    public StayNames Names { get; } = new(new CodeSeal(new byte[CodeSeal.KeySize]));

    public ArchiveKeys Keys { get; } = new(new byte[32]);

    public Facility Facility { get; } = Template with { Tariff = tariff };

    public CityDirectory City => new(
        [],
        [Facility],
        [new(new("harbour-in"), GateDirection.Entry, Facility), new(new("harbour-out"), GateDirection.Exit, Facility)]);

    public ArchiveDrain Drain(ISqlDatabase? database = null, IArchiveFeed? feed = null)
    {
        var city = City;
        return new(
            database ?? sql(), feed ?? store, store, store, store, city, new StayPricing(city, NullLogger<StayPricing>.Instance), Names,
            Keys, Clock, NullLogger<ArchiveDrain>.Instance);
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class SettableClock : IClock
{
    public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 24, 8, 0);

    public Instant GetCurrentInstant() => Now;
}
