using System.IO.Compression;

namespace Parking.Simulation.Traces;

/// <summary>Traces as files. A file is compressed with gzip if its name ends in <c>.gz</c>.</summary>
public static class TraceFile
{
    private const int BufferBytes = 128 * 1024;

    public static Stream OpenRead(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        return IsPacked(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>
    /// Writes a file under a temporary name and renames it when it is complete. So an incomplete file never has the final name.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
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
