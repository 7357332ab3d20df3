namespace Parking.Tariffs;

/// <summary>Reads files embedded in the library.</summary>
internal static class EmbeddedFile
{
    /// <summary>The content of a file, by its resource name.</summary>
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
