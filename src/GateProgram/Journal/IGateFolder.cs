namespace Parking.GateProgram.Journal;

/// <summary>
/// The folder of one gate, as an abstraction of its disk. Written bytes survive a power cut only after the file was flushed. Created,
/// replaced and deleted names survive it only after the folder was flushed.
/// </summary>
public interface IGateFolder
{
    /// <summary>The names of all files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file exclusively. Creates it if it does not exist.</summary>
    /// <exception cref="GateFolderInUseException">Another program has it open.</exception>
    IGateFile Open(string name);

    /// <summary>Reads a whole file without opening it for writing.</summary>
    byte[] ReadAll(string name);

    /// <summary>
    /// Renames a file so that it replaces another. At every moment the replaced name exists, with the old content or the new.
    /// </summary>
    void Replace(string name, string replaced);

    void Delete(string name);

    /// <summary>Makes created, replaced and deleted names durable.</summary>
    void Flush();

    /// <summary>The full path of a file, for messages.</summary>
    string Describe(string name);
}

/// <summary>What every gate's disk can do.</summary>
internal static class GateFolders
{
    /// <summary>
    /// Writes a whole file. At every moment there is the old content or the new. When this returns, the new one is on the disk.
    /// </summary>
    public static void WriteWhole(this IGateFolder folder, string name, ReadOnlySpan<byte> content)
    {
        var next = Path.ChangeExtension(name, ".new");
        using (var file = folder.Open(next))
        {
            file.Truncate(0);
            file.Write(content, 0);
            file.Flush();
        }
        folder.Replace(next, name);
        folder.Flush();
    }
}

/// <summary>An open file of a gate.</summary>
public interface IGateFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads up to the buffer's length, or to the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Truncate(long length);

    /// <summary>Returns when everything written is on the disk.</summary>
    void Flush();
}

/// <summary>Another program has the folder's files open: two gate programs on one disk.</summary>
public sealed class GateFolderInUseException(string message) : IOException(message);
