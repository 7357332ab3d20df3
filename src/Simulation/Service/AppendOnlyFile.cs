namespace Parking.Simulation.Service;

/// <summary>
/// Where a redis-server 7 writes its commands: the newest of the files that the manifest in its <c>appendonlydir</c> names. Cutting off its
/// tail makes the server forget what it had written last, as a disk does that lied about a sync.
/// </summary>
internal sealed class AppendOnlyFile(string serverFolder)
{
    private const string Incremental = "type i";

    private readonly string _folder = Path.Combine(serverFolder, "appendonlydir");

    /// <summary>How much has been written.</summary>
    public long Length => new FileInfo(Newest()).Length;

    /// <summary>
    /// Cuts off what is beyond <paramref name="length"/>. The server must not be running. It reads up to the last command that is whole.
    /// </summary>
    /// <returns>How many bytes are gone.</returns>
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
