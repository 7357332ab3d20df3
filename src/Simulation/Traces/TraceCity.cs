using System.Text.Json;
using Parking.Simulation.Cities;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces;

/// <summary>The city of a trace, as the service's own documents. A service can be started with them.</summary>
public sealed class TraceCity
{
    private const string CityFile = "city.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = TraceWriter.Encoder };

    /// <param name="document">The city file.</param>
    /// <param name="files">The tariffs and holiday calendars that it names, by their names.</param>
    /// <exception cref="SettingsException">The document is not a city file, or a file name is invalid.</exception>
    public TraceCity(JsonElement document, IReadOnlyDictionary<string, JsonElement> files)
    {
        if (files.Keys.FirstOrDefault(name => !MayName(name)) is { } name)
        {
            throw new SettingsException($"'{name}' is not a file below the city file's folder, or is the city file");
        }
        Document = document;
        Files = files;
        Plan = CityPlan.Parse(document.GetRawText());
    }

    public JsonElement Document { get; }

    public IReadOnlyDictionary<string, JsonElement> Files { get; }

    /// <summary>The document in the simulator's form.</summary>
    public CityPlan Plan { get; }

    /// <summary>Whether the city may name a file like this: below the city file's folder, and not the city file itself.</summary>
    public static bool MayName(string name) => TraceFormat.IsFileName(name) && name != CityFile;

    /// <summary>Writes city.json and the files that it names.</summary>
    /// <param name="folder">The folder; created if it does not exist.</param>
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
