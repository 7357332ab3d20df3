namespace Parking.GateProgram.Journal;

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
