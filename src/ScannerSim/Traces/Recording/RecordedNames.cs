using System.Globalization;
using Parking.ScannerSim.Phones;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary>Short names in the order in which people, vehicles and codes appear: a trace says who is the same, and nothing else.</summary>
internal sealed class RecordedNames
{
    private readonly Dictionary<string, string> _drivers = [], _plates = [], _labels = [];
    private int _nobodies;

    public string OfDriver(string pseudonym) => NameOf(_drivers, pseudonym, "d", 6);

    /// <summary>Whoever showed what is nobody's code: somebody else each time.</summary>
    public string OfNobody() => string.Create(CultureInfo.InvariantCulture, $"u{++_nobodies:000000}");

    public Vehicle OfVehicle(string pseudonym, VehicleClass kind) => new(NameOf(_plates, pseudonym, "REC", 6), kind);

    /// <summary>Of a code that is shown more than once.</summary>
    public string OfCode(string pseudonym) => NameOf(_labels, pseudonym, "c", 1);

    private static string NameOf(Dictionary<string, string> names, string pseudonym, string prefix, int digits)
    {
        if (!names.TryGetValue(pseudonym, out var name))
        {
            name = prefix + (names.Count + 1).ToString($"D{digits}", CultureInfo.InvariantCulture);
            names.Add(pseudonym, name);
        }
        return name;
    }
}
