using System.Globalization;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Short pseudonyms, numbered in the order in which drivers and vehicles appear. A trace shows only which of them are the same.
/// </summary>
internal sealed class RecordedNames
{
    /// <summary>
    /// The most vehicles that a citizen may register. Codes with further vehicles of a driver become codes without a vehicle.
    /// </summary>
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

    /// <summary>A new pseudonym for a scan whose code names no known holder.</summary>
    public string OfNobody() => string.Create(CultureInfo.InvariantCulture, $"u{++_nobodies:000000}");

    /// <summary>The vehicle in a scan's code, with the class that it first had; null if the code names none.</summary>
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
