namespace Parking.Simulation.Service;

/// <summary>
/// The append-only file of a redis-server 7: the newest file that the manifest in its <c>appendonlydir</c> names. Truncating it makes the
/// server lose its last writes, as after a power cut on a disk that acknowledges a sync too early.
/// </summary>
internal sealed class AppendOnlyFile(string serverFolder)
{
    private const string Incremental = "type i";

    private readonly string _folder = Path.Combine(serverFolder, "appendonlydir");

    /// <summary>The length of the file in bytes.</summary>
    public long Length => new FileInfo(Newest()).Length;

    /// <summary>
    /// Truncates the file to <paramref name="length"/>. The server must not be running. When it starts it ignores an incomplete last
    /// command.
    /// </summary>
    /// <returns>The number of bytes removed.</returns>
    public long CutBackTo(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        using var file = new FileStream(Newest(), FileMode.Open, FileAccess.Write, FileShare.None);
        var gone = Math.Max(0, file.Length - length);
        file.SetLength(file.Length - gone);
        return gone;
    }

    /// <remarks>A line of the manifest: <c>file appendonly.aof.1.incr.aof seq 1 type i</c>.</remarks>
    private string Newest()
    {
        var line = File.ReadLines(Path.Combine(_folder, "appendonly.aof.manifest")).Last(
            line => line.EndsWith(Incremental, StringComparison.Ordinal));
        return Path.Combine(_folder, line.Split(' ')[1]);
    }
}
