using System.Text.Json;
using System.Text.Json.Nodes;
using Parking.Simulation.Load;
using Parking.Simulation.Traces;

namespace Parking.Bench.ConsolePage;

/// <summary>
/// A city that is hard for the console: 200 facilities on its map, so small that a few vehicles make rows of the table change places.
/// </summary>
internal static class ConsoleCity
{
    public const int Gates = 800;

    private const int Capacity = 60, Columns = 20, Distance = 45;

    public static TraceCity Create()
    {
        var city = LoadCity.Create(Gates);
        var document = JsonSerializer.SerializeToNode(city.Document)!;
        foreach (var (index, facility) in document["facilities"]!.AsArray().Index())
        {
            facility!["capacity"] = Capacity;
            facility["position"] = new JsonArray((1 + (index % Columns)) * Distance, (1 + (index / Columns)) * Distance);
        }

        return new TraceCity(JsonSerializer.SerializeToElement(document), city.Files);
    }
}
