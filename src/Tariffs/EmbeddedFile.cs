namespace Parking.Tariffs;

/// <summary>Files that are part of the library.</summary>
internal static class EmbeddedFile
{
    /// <summary>A file's content, by the name that the project gives it.</summary>
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
