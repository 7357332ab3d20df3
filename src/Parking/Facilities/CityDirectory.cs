using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>
/// The city as its file describes it: districts, facilities and gates, found by id. It does not change while the service runs.
/// </summary>
public sealed class CityDirectory
{
    private readonly FrozenDictionary<FacilityId, Facility> _facilities;
    private readonly FrozenDictionary<GateId, Gate> _gates;

    /// <summary>Makes a directory of parts that fit together. <see cref="CityFileReader"/> has checked that they do.</summary>
    public CityDirectory(IEnumerable<District> districts, IEnumerable<Facility> facilities, IEnumerable<Gate> gates)
    {
        Districts = [.. districts];
        Facilities = [.. facilities];
        Gates = [.. gates];
        _facilities = Facilities.ToFrozenDictionary(facility => facility.Id);
        _gates = Gates.ToFrozenDictionary(gate => gate.Id);
    }

    /// <summary>In the order of the file, like <see cref="Facilities"/> and <see cref="Gates"/>.</summary>
    public ImmutableArray<District> Districts { get; }

    public ImmutableArray<Facility> Facilities { get; }

    public ImmutableArray<Gate> Gates { get; }

    /// <summary>The calendars that tariffs may name.</summary>
    public HolidayCalendars HolidayCalendars { get; init; } = HolidayCalendarReader.BuiltIn;

    /// <summary>The documents that the city was read from.</summary>
    public CityDocuments Documents { get; init; } = CityDocuments.None;

    public Facility? FindFacility(FacilityId id) => _facilities.GetValueOrDefault(id);

    /// <summary>How long a stay at a facility can plausibly be, also at one that the city file no longer has.</summary>
    public Duration LongestStayAt(FacilityId id) => FindFacility(id)?.LongestStay ?? Facility.DefaultLongestStay;

    public Gate? FindGate(GateId id) => _gates.GetValueOrDefault(id);
}

/// <summary>The documents that a city was read from, as they were in their files (UTF-8).</summary>
/// <param name="City">The city file.</param>
/// <param name="Files">The tariffs and holiday calendars that the city file names, by the names in it.</param>
public sealed record CityDocuments(ReadOnlyMemory<byte> City, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>For a city that was not read from a file: an empty document.</summary>
    public static CityDocuments None { get; } = new("{}"u8.ToArray(), new Dictionary<string, ReadOnlyMemory<byte>>());
}
