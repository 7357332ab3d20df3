namespace Parking.Simulation.Traces;

/// <summary>Files that are part of the program: profiles, tariffs, mappings.</summary>
internal static class EmbeddedFiles
{
    /// <summary>A file's text; the names are in the project file.</summary>
    public static string Read(string name) =>
        TryRead(name) ?? throw new InvalidOperationException($"The program was built without {name}.");

    /// <summary>A file's text; null if there is no such file.</summary>
    public static string? TryRead(string name)
    {
        using var stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the files in a folder, without the folder and the ending.</summary>
    public static IEnumerable<string> NamesIn(string folder) => typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
        .Select(name => Path.GetFileNameWithoutExtension(name))
        .Order(StringComparer.Ordinal);
}
