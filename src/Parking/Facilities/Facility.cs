using NodaTime;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Facilities;

/// <summary>A car park or a street section with a capacity.</summary>
public sealed record Facility
{
    /// <summary>
    /// The rules where the city file gives none. Drivers are let in; with a reader in the wrong hands, at most two vehicles a minute.
    /// </summary>
    public static readonly OfflineRules DefaultOffline = new() { Policy = OfflinePolicy.Open, OpeningsPerHour = 120 };

    /// <summary>The longest plausible stay where the city file gives none.</summary>
    public static readonly Duration DefaultLongestStay = Duration.FromHours(72);

    public required FacilityId Id { get; init; }

    public required DistrictId District { get; init; }

    public required LocalizedText Name { get; init; }

    /// <summary>Number of spaces, at least 1.</summary>
    public required int Capacity { get; init; }

    /// <summary>Whether an entry is refused when every space is taken. A street section usually cannot refuse one.</summary>
    public required bool EnforcesCapacity { get; init; }

    public required MissedEntryPolicy MissedEntry { get; init; }

    public ArrearsPolicy Arrears { get; init; } = ArrearsPolicy.Open;

    public required DateTimeZone TimeZone { get; init; }

    /// <summary>Its place on the city's map; null if the city file has none.</summary>
    public MapPoint? Position { get; init; }

    /// <summary>How its gates decide while they cannot reach the service.</summary>
    public OfflineRules Offline { get; init; } = DefaultOffline;

    /// <summary>
    /// How long a stay here can plausibly be. A longer one is for a person to look at, and nobody is billed beyond it without one.
    /// </summary>
    public Duration LongestStay { get; init; } = DefaultLongestStay;

    /// <summary>What parking here costs; null where stays have no price. In the facility's time zone, and in force at all times.</summary>
    public Tariff? Tariff { get; init; }
}

/// <summary>A facility's id in the city file: 1 to 32 of <c>a-z 0-9 -</c>. <c>default</c> names nothing.</summary>
public readonly record struct FacilityId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>What an exit gate does with a driver who, by our books, has nothing parked here.</summary>
public enum MissedEntryPolicy
{
    /// <summary>Opens and records the missed entry: nobody is held because of our state.</summary>
    Open = 1,

    /// <summary>Stays shut and calls the attendant, who is on site.</summary>
    Assist = 2,
}

/// <summary>What an entry gate does with a driver who owes for earlier stays. Nobody owes yet: the service collects no money.</summary>
public enum ArrearsPolicy
{
    /// <summary>Opens as for anybody else.</summary>
    Open = 1,
}
