using System.Collections.Concurrent;

namespace Parking.Simulation.Demo;

/// <summary>Who is inside, counted by the barriers that opened: the demo's own book, kept without the service's.</summary>
internal sealed class Attendance
{
    private readonly ConcurrentDictionary<(int Driver, string? Plate), string> _inside = new();

    /// <summary>A vehicle came in. If it was somewhere else by this book, its exit was missed.</summary>
    public void Enter(int driver, string? plate, string facility) => _inside[(driver, plate)] = facility;

    /// <summary>A vehicle went out.</summary>
    public void Leave(int driver, string? plate, string facility) => _inside.TryRemove(new((driver, plate), facility));

    /// <summary>Vehicles inside a facility.</summary>
    public int CountIn(string facility) => _inside.Values.Count(place => place == facility);

    /// <summary>Where a driver's vehicles are, in order of facility and plate.</summary>
    public IReadOnlyList<(string Facility, string? Plate)> OfDriver(int driver) =>
        [.. _inside.Where(entry => entry.Key.Driver == driver).Select(entry => (entry.Value, entry.Key.Plate)).Order()];
}
