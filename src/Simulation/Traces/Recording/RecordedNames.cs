using System.Globalization;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Recording;

/// <summary>Short names in the order in which people and vehicles appear: a trace says who is the same, and nothing else.</summary>
internal sealed class RecordedNames
{
    /// <summary>The most vehicles that a citizen may list at a time. Further ones of one driver are codes that name none.</summary>
    private const int MostVehicles = 8;

    private readonly Dictionary<string, string> _drivers = [];
    private readonly Dictionary<string, Vehicle> _vehicles = [];
    private readonly Dictionary<string, int> _vehiclesOf = [];
    private int _nobodies;

    public string OfDriver(string pseudonym)
    {
        if (!_drivers.TryGetValue(pseudonym, out var name))
        {
            _drivers.Add(pseudonym, name = string.Create(CultureInfo.InvariantCulture, $"d{_drivers.Count + 1:000000}"));
        }
        return name;
    }

    /// <summary>Whoever showed what is nobody's code: somebody else each time.</summary>
    public string OfNobody() => string.Create(CultureInfo.InvariantCulture, $"u{++_nobodies:000000}");

    /// <summary>The vehicle that a scan's code named, of the class that it had when it first appeared; null: none.</summary>
    public Vehicle? OfVehicle(RecordedLine scan)
    {
        if (scan is not { Vehicle: { } pseudonym, Class: { } kind })
        {
            return null;
        }
        if (!_vehicles.TryGetValue(pseudonym, out var vehicle))
        {
            if (_vehiclesOf.GetValueOrDefault(scan.Driver!) == MostVehicles)
            {
                return null;
            }
            _vehiclesOf[scan.Driver!] = _vehiclesOf.GetValueOrDefault(scan.Driver!) + 1;
            _vehicles.Add(pseudonym, vehicle = new(string.Create(CultureInfo.InvariantCulture, $"REC{_vehicles.Count + 1:000000}"), kind));
        }
        return vehicle;
    }
}
