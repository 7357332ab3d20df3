namespace Parking.Simulation.Traces.Generating;

/// <summary>A facility of a generated city.</summary>
/// <param name="Index">Its place in the city, from 0.</param>
/// <param name="Id">Its id: <c>f01</c>.</param>
/// <param name="Kind">What it is like.</param>
/// <param name="KindNumber">Which of its kind, from 1.</param>
/// <param name="Size">How busy it is, in proportion to an average one.</param>
internal sealed record PlannedFacility(int Index, string Id, FacilityKind Kind, int KindNumber, double Size)
{
    public IReadOnlyList<string> EntryGates { get; } = [.. Enumerable.Range(1, Kind.Entries).Select(number => $"{Id}-in-{number}")];

    public IReadOnlyList<string> ExitGates { get; } = [.. Enumerable.Range(1, Kind.Exits).Select(number => $"{Id}-out-{number}")];
}
