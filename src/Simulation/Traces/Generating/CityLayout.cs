using System.Globalization;
using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Creates the facilities of a city.</summary>
internal static class CityLayout
{
    private const double Smallest = 0.6, Largest = 1.4;

    /// <summary>Assigns facilities to the profile's kinds.</summary>
    /// <param name="profile">The city's profile.</param>
    /// <param name="count">The number of facilities.</param>
    /// <param name="seed">Determines how busy each facility is.</param>
    public static IReadOnlyList<PlannedFacility> Create(CityProfile profile, int count, long seed)
    {
        var width = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        var total = profile.Kinds.Sum(kind => kind.Share);
        var dealt = new int[profile.Kinds.Count];
        var facilities = new List<PlannedFacility>(count);
        for (var index = 0; index < count; index++)
        {
            // The next facility is of the kind that is furthest below its share. So the first few facilities of any city have nearly the
            // same mixture.
            var next = Enumerable.Range(0, dealt.Length).MaxBy(kind => (profile.Kinds[kind].Share / total * (index + 1)) - dealt[kind]);
            var size = Smallest + ((Largest - Smallest) * new SeededRandom(seed, "size", index).NextUnit());
            var id = $"f{(index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')}";
            facilities.Add(new PlannedFacility(index, id, profile.Kinds[next], ++dealt[next], size));
        }
        return facilities;
    }
}

/// <summary>A facility of a generated city.</summary>
/// <param name="Index">Its index in the city, from 0.</param>
/// <param name="Id">Its id, such as <c>f01</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="KindNumber">Its number among the facilities of its kind, from 1.</param>
/// <param name="Size">Its number of arrivals relative to an average facility.</param>
internal sealed record PlannedFacility(int Index, string Id, FacilityKind Kind, int KindNumber, double Size)
{
    public IReadOnlyList<string> EntryGates { get; } = [.. Enumerable.Range(1, Kind.Entries).Select(number => $"{Id}-in-{number}")];

    public IReadOnlyList<string> ExitGates { get; } = [.. Enumerable.Range(1, Kind.Exits).Select(number => $"{Id}-out-{number}")];
}
