using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;

namespace Parking.Simulation.Load;

/// <summary>
/// A city with a given number of gates and otherwise the built-in profile: its kinds of facilities in turn, with two entries and two exits
/// each, the usual prices, and spaces for every driver.
/// </summary>
public static class LoadCity
{
    public const int FewestGates = 2;

    private const int GatesEach = 4, Places = 50_000;

    /// <summary>Creates the city.</summary>
    /// <param name="gates">The number of gates. The last facility may have more or fewer than four.</param>
    public static TraceCity Create(int gates)
    {
        var profile = CityProfile.LoadDefault();
        var count = Math.Max(1, gates / GatesEach);
        var facilities = Enumerable.Range(0, count)
            .Select(index => Plan(profile, index, index < count - 1 ? GatesEach : gates - (GatesEach * (count - 1)))).ToList();
        return CityDocument.Create(profile, facilities, [.. facilities.Select(_ => 0)]);
    }

    private static PlannedFacility Plan(CityProfile profile, int index, int gates)
    {
        var kind = profile.Kinds[index % profile.Kinds.Count] with { Entries = (gates + 1) / 2, Exits = gates / 2, Capacity = Places };
        return new PlannedFacility(index, $"f{index + 1:0000}", kind, (index / profile.Kinds.Count) + 1, 1);
    }
}
