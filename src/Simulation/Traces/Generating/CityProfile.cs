using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>
/// The profile of a generated city: its kinds of facilities, the arrivals, the lengths of stays, and how often things go wrong.
/// </summary>
public sealed record CityProfile
{
    /// <summary>The format version.</summary>
    public const int Version = 1;

    private const string DefaultName = "default-profile.json";

    public required int Profile { get; init; }

    /// <summary>A note for people.</summary>
    public string? Note { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    public required IReadOnlyList<ProfileDistrict> Districts { get; init; }

    public required IReadOnlyList<FacilityKind> Kinds { get; init; }

    public required VisitShares Shares { get; init; }

    public required InventoryHabits Inventories { get; init; }

    /// <summary>The folder of the files that the profile names; null for the built-in profile.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Folder { get; private init; }

    public static CityProfile LoadDefault() => Parse(EmbeddedFiles.Read(DefaultName));

    /// <exception cref="SettingsException">The file cannot be read or is invalid.</exception>
    public static CityProfile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path)) with { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SettingsException)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <exception cref="SettingsException">The text is not a valid profile.</exception>
    public static CityProfile Parse(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<CityProfile>(json, GateProtocolJson.Options)
                ?? throw new SettingsException("the document is null, not a profile");
            var faults = ProfileCheck.FaultsOf(profile).ToList();
            return faults.Count == 0 ? profile : throw new SettingsException(string.Join("; ", faults));
        }
        catch (JsonException error)
        {
            throw new SettingsException(JsonFaults.Describe(error), error);
        }
    }
}

/// <summary>A district of the city. Facilities are assigned to the districts in turn.</summary>
public sealed record ProfileDistrict(string Id, BilingualText Name);

/// <summary>A kind of facility.</summary>
public sealed record FacilityKind
{
    public required string Id { get; init; }

    /// <summary>The name; the facility's number is appended.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>The number of facilities of this kind, relative to the other kinds.</summary>
    public required double Share { get; init; }

    /// <summary>
    /// The name of a built-in tariff, or a file below the profile's folder that ends in <c>.json</c>; null if parking is free of charge.
    /// </summary>
    public string? Tariff { get; init; }

    /// <summary>The number of entry lanes.</summary>
    public int Entries { get; init; } = 1;

    /// <summary>The number of exit lanes.</summary>
    public int Exits { get; init; } = 1;

    /// <summary>The number of spaces; null for so many that the facility is never full.</summary>
    public int? Capacity { get; init; }

    /// <summary>Whether an entry is refused when no space is free.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    /// <summary>The arrivals at an average facility, for every day of the week.</summary>
    public required IReadOnlyList<ArrivalDay> Arrivals { get; init; }

    /// <summary>Lengths of stay in minutes, ascending: quantiles at equal distances, from the shortest stay to the longest.</summary>
    public required IReadOnlyList<double> StayMinutes { get; init; }
}

/// <summary>How many arrivals there are, and in which period.</summary>
internal sealed record CityDemand
{
    public required long Seed { get; init; }

    public required Instant Starts { get; init; }

    public required Instant Ends { get; init; }

    /// <summary>The factor for the profile's arrivals.</summary>
    public required double Scale { get; init; }

    /// <summary>After this number of scans no driver does anything more; null for no limit.</summary>
    public long? MaxScans { get; init; }

    /// <summary>The number of arrivals in the hour that begins at a local time.</summary>
    public double ArrivalsIn(PlannedFacility facility, LocalDateTime local) =>
        facility.Kind.Arrivals.First(arrivals => arrivals.Days.Contains(local.DayOfWeek)).Hours[local.Hour] * facility.Size * Scale;
}

/// <summary>The arrivals on some days of the week.</summary>
/// <param name="Days">The days.</param>
/// <param name="Hours">Vehicles per hour, for each of the 24 hours of the local day.</param>
public sealed record ArrivalDay(IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<double> Hours);

/// <summary>How often things differ from the normal visit, each from 0 (never) to 1 (always).</summary>
public sealed record VisitShares
{
    /// <summary>Share of stays whose entry is not recorded.</summary>
    public double MissedEntries { get; init; }

    /// <summary>Share of stays whose exit is not recorded, so that they stay open in the books.</summary>
    public double MissedExits { get; init; }

    /// <summary>
    /// Share of missed entries and exits at which a person opens the barrier. At the others the vehicle follows another one through.
    /// </summary>
    public double OpenedByHand { get; init; }

    /// <summary>Share of openings after which the vehicle backs out.</summary>
    public double BackedOut { get; init; }

    /// <summary>Share of visits to a gate that begin with an expired code.</summary>
    public double Expired { get; init; }

    /// <summary>Share of visits to a gate that begin with a forged code.</summary>
    public double Forged { get; init; }

    /// <summary>Share of visits to a gate that begin with a damaged code.</summary>
    public double Damaged { get; init; }

    /// <summary>Share of visits to a gate that begin with a symbol that is not a code.</summary>
    public double Foreign { get; init; }

    /// <summary>Share of entries after which another driver shows a picture of the same code.</summary>
    public double UsedTwice { get; init; }

    /// <summary>Share of stays that end at the moment of their entry.</summary>
    public double ZeroStays { get; init; }

    /// <summary>Share of stays after which the driver goes to another facility.</summary>
    public double NextStops { get; init; }

    /// <summary>Share of finished drivers who come again, an hour later or on another day.</summary>
    public double Regulars { get; init; }

    /// <summary>Share of drivers whose codes name no vehicle.</summary>
    public double WithoutVehicle { get; init; }

    /// <summary>Share of vehicles that are electric.</summary>
    public double Electric { get; init; }

    /// <summary>Share of drivers whose phones sign their codes themselves.</summary>
    public double DeviceCodes { get; init; }

    /// <summary>Share of lanes whose barrier fails on a day, for eight to forty minutes.</summary>
    public double BarrierFaults { get; init; }
}

/// <summary>When inventories are taken.</summary>
/// <param name="From">The earliest local time.</param>
/// <param name="To">The latest local time, on the same day.</param>
/// <param name="Share">The share of facilities that take an inventory on a day.</param>
/// <param name="BareCounts">The share of inventories that count the vehicles and close no stays.</param>
public sealed record InventoryHabits(LocalTime From, LocalTime To, double Share, double BareCounts);
