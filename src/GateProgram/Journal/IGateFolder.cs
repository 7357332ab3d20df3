namespace Parking.GateProgram.Journal;

/// <summary>
/// The folder of one gate: the disk as far as a gate needs it. What is written is sure to be there after a power cut only once it was
/// flushed, and a name only once the folder was.
/// </summary>
public interface IGateFolder
{
    /// <summary>The names in it.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file for this process alone; makes it where it is not.</summary>
    IGateFile Open(string name);

    /// <summary>Gives a file the name of another, which is gone with that; at no moment is there neither.</summary>
    void Replace(string name, string replaced);

    void Delete(string name);

    /// <summary>Makes names last: what was made, replaced or deleted.</summary>
    void Flush();

    /// <summary>How people find the file.</summary>
    string Describe(string name);
}

/// <summary>An open file of a gate.</summary>
public interface IGateFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads as much as there is, up to the buffer's length.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Truncate(long length);

    /// <summary>Returns when all that was written is on the disk itself.</summary>
    void Flush();
}
