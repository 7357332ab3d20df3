using System.IO.Compression;

namespace Parking.Simulation.Traces;

/// <summary>Traces as files: packed with gzip where the name ends in <c>.gz</c>.</summary>
public static class TraceFile
{
    private const int BufferBytes = 128 * 1024;

    public static Stream OpenRead(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        return IsPacked(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Writes a file that is there only when it is whole: until then, it has another name.</summary>
    /// <param name="path">Replaced, if it is there.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = $"{path}.unfinished";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
            using (var content = IsPacked(path) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file)
            {
                write(content);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
