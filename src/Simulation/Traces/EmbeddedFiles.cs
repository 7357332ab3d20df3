namespace Parking.Simulation.Traces;

/// <summary>Files embedded in the program: profiles, tariffs and mappings.</summary>
internal static class EmbeddedFiles
{
    /// <summary>The text of a file. The project file defines the names.</summary>
    public static string Read(string name) =>
        TryRead(name) ?? throw new InvalidOperationException($"The program was built without {name}.");

    /// <summary>The text of a file; null if it does not exist.</summary>
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

    /// <summary>The names of the files in a folder, without folder and extension.</summary>
    public static IEnumerable<string> NamesIn(string folder) => typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
        .Select(name => Path.GetFileNameWithoutExtension(name))
        .Order(StringComparer.Ordinal);
}
