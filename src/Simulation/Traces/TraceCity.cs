using System.Text.Json;
using Parking.Simulation.Cities;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces;

/// <summary>The city of a trace: the service's own documents, so that a service can be started on it.</summary>
public sealed class TraceCity
{
    private const string CityFile = "city.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = TraceWriter.Encoder };

    /// <param name="document">As a city file.</param>
    /// <param name="files">The tariffs and holiday calendars that it names, by the names it has for them.</param>
    /// <exception cref="SettingsException">The document is no city file, or a file's name is not well-formed.</exception>
    public TraceCity(JsonElement document, IReadOnlyDictionary<string, JsonElement> files)
    {
        if (files.Keys.FirstOrDefault(name => !MayName(name)) is { } name)
        {
            throw new SettingsException($"'{name}' does not name a file below the city file's folder, other than itself");
        }
        Document = document;
        Files = files;
        Plan = CityPlan.Parse(document.GetRawText());
    }

    public JsonElement Document { get; }

    public IReadOnlyDictionary<string, JsonElement> Files { get; }

    /// <summary>The document as the simulator understands it.</summary>
    public CityPlan Plan { get; }

    /// <summary>Whether a file of the city may have this name: below the city file's folder, and not its own.</summary>
    public static bool MayName(string name) => TraceFormat.IsFileName(name) && name != CityFile;

    /// <summary>Writes city.json, and the files that it names beside it.</summary>
    /// <param name="folder">Where; it is made if it is not there.</param>
    /// <returns>The city file's path, for the service's <c>City:File</c>.</returns>
    public string SaveTo(string folder)
    {
        var cityFile = Path.Combine(folder, CityFile);
        Save(cityFile, Document);
        foreach (var (name, content) in Files)
        {
            Save(Path.Combine(folder, name), content);
        }
        return cityFile;
    }

    private static void Save(string path, JsonElement content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(content, Readable));
    }
}
