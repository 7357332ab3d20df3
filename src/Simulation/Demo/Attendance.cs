using System.Collections.Concurrent;

namespace Parking.Simulation.Demo;

/// <summary>The vehicles inside, counted by opened barriers. The demo compares this count with the service's books.</summary>
internal sealed class Attendance
{
    private readonly ConcurrentDictionary<(int Driver, string? Plate), string> _inside = new();

    /// <summary>A vehicle entered. If this count has it in another facility, its exit was missed there.</summary>
    public void Enter(int driver, string? plate, string facility) => _inside[(driver, plate)] = facility;

    /// <summary>A vehicle left.</summary>
    public void Leave(int driver, string? plate, string facility) => _inside.TryRemove(new((driver, plate), facility));

    /// <summary>The number of vehicles inside a facility.</summary>
    public int CountIn(string facility) => _inside.Values.Count(place => place == facility);

    /// <summary>The facilities where a driver's vehicles are, ordered by facility and plate.</summary>
    public IReadOnlyList<(string Facility, string? Plate)> OfDriver(int driver) =>
        [.. _inside.Where(entry => entry.Key.Driver == driver).Select(entry => (entry.Value, entry.Key.Plate)).Order()];
}
