using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Generating;

/// <summary>
/// What a generated city is like: its kinds of facilities, when people come, how long they stay, and how often things go wrong.
/// </summary>
public sealed record CityProfile
{
    /// <summary>The number of the format.</summary>
    public const int Version = 1;

    private const string DefaultName = "default-profile.json";

    public required int Profile { get; init; }

    /// <summary>For people.</summary>
    public string? Note { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    public required IReadOnlyList<ProfileDistrict> Districts { get; init; }

    public required IReadOnlyList<FacilityKind> Kinds { get; init; }

    public required VisitShares Shares { get; init; }

    public required InventoryHabits Inventories { get; init; }

    /// <summary>Where the files lie that the profile names; null for the built-in one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Folder { get; private init; }

    /// <summary>The built-in profile.</summary>
    public static CityProfile LoadDefault() => Parse(EmbeddedFiles.Read(DefaultName));

    /// <exception cref="SettingsException">It cannot be read, or is not right.</exception>
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

    /// <exception cref="SettingsException">The text is no profile.</exception>
    public static CityProfile Parse(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<CityProfile>(json, GateProtocolJson.Options)
                ?? throw new SettingsException("null is no profile");
            var faults = ProfileCheck.FaultsOf(profile).ToList();
            return faults.Count == 0 ? profile : throw new SettingsException(string.Join("; ", faults));
        }
        catch (JsonException error)
        {
            throw new SettingsException(JsonFaults.Describe(error), error);
        }
    }
}

/// <summary>A district of the city; facilities are dealt out to them in turn.</summary>
public sealed record ProfileDistrict(string Id, BilingualText Name);

/// <summary>A kind of facility.</summary>
public sealed record FacilityKind
{
    public required string Id { get; init; }

    /// <summary>The facility's number is put behind it.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>How many of the city's facilities are of this kind, in proportion to the other kinds.</summary>
    public required double Share { get; init; }

    /// <summary>
    /// What parking costs: the name of a built-in tariff, or a file below the profile's folder, ending in <c>.json</c>; null: nothing is
    /// charged.
    /// </summary>
    public string? Tariff { get; init; }

    /// <summary>Lanes that lead in.</summary>
    public int Entries { get; init; } = 1;

    /// <summary>Lanes that lead out.</summary>
    public int Exits { get; init; } = 1;

    /// <summary>Places; null: so many that it never fills.</summary>
    public int? Capacity { get; init; }

    /// <summary>Whether an entry is refused when every place is taken.</summary>
    public bool EnforcesCapacity { get; init; } = true;

    /// <summary>Arrivals at an average facility, for every day of the week.</summary>
    public required IReadOnlyList<ArrivalDay> Arrivals { get; init; }

    /// <summary>Lengths of stay in minutes, ascending: quantiles at even distances, from the shortest to the longest stay.</summary>
    public required IReadOnlyList<double> StayMinutes { get; init; }
}

/// <summary>How much happens, and when.</summary>
internal sealed record CityDemand
{
    public required long Seed { get; init; }

    public required Instant Starts { get; init; }

    public required Instant Ends { get; init; }

    /// <summary>What the profile's arrivals are multiplied by.</summary>
    public required double Scale { get; init; }

    /// <summary>After so many scans nobody drives any more; null: no such limit.</summary>
    public long? MaxScans { get; init; }

    /// <summary>Vehicles that arrive in the hour that begins then.</summary>
    public double ArrivalsIn(PlannedFacility facility, LocalDateTime local) =>
        facility.Kind.Arrivals.First(arrivals => arrivals.Days.Contains(local.DayOfWeek)).Hours[local.Hour] * facility.Size * Scale;
}

/// <summary>Arrivals on some days of the week.</summary>
/// <param name="Days">On which.</param>
/// <param name="Hours">Vehicles an hour, for each of the 24 hours of the local day.</param>
public sealed record ArrivalDay(IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<double> Hours);

/// <summary>How often something is otherwise: each from 0 (never) to 1 (always).</summary>
public sealed record VisitShares
{
    /// <summary>Of stays: nobody saw the vehicle come in.</summary>
    public double MissedEntries { get; init; }

    /// <summary>Of stays: nobody saw the vehicle leave, and it stays open in the books.</summary>
    public double MissedExits { get; init; }

    /// <summary>Of missed entries and exits: the barrier was opened by hand. The others followed another vehicle through.</summary>
    public double OpenedByHand { get; init; }

    /// <summary>Of openings: the vehicle went back where it came from.</summary>
    public double BackedOut { get; init; }

    /// <summary>Of visits to a gate: first an expired code is shown.</summary>
    public double Expired { get; init; }

    /// <summary>Of visits to a gate: first a forged code is shown.</summary>
    public double Forged { get; init; }

    /// <summary>Of visits to a gate: first a damaged code is shown.</summary>
    public double Damaged { get; init; }

    /// <summary>Of visits to a gate: first something is shown that is no code.</summary>
    public double Foreign { get; init; }

    /// <summary>Of entries: somebody behind shows a picture of the same code.</summary>
    public double UsedTwice { get; init; }

    /// <summary>Of stays: the vehicle leaves at the very moment it came.</summary>
    public double ZeroStays { get; init; }

    /// <summary>Of stays: the driver goes on to another facility.</summary>
    public double NextStops { get; init; }

    /// <summary>Of drivers who are done: they come again, an hour later or on another day.</summary>
    public double Regulars { get; init; }

    /// <summary>Of drivers: their codes name no vehicle.</summary>
    public double WithoutVehicle { get; init; }

    /// <summary>Of vehicles: electric.</summary>
    public double Electric { get; init; }

    /// <summary>Of lanes, each day: the barrier fails for eight to forty minutes.</summary>
    public double BarrierFaults { get; init; }
}

/// <summary>When somebody goes round and looks what is parked.</summary>
/// <param name="From">The local time of the first.</param>
/// <param name="To">The local time of the last; on the same day.</param>
/// <param name="Share">Of facilities, each day.</param>
/// <param name="BareCounts">Of inventories: the vehicles are counted, and no stays are closed.</param>
public sealed record InventoryHabits(LocalTime From, LocalTime To, double Share, double BareCounts);
