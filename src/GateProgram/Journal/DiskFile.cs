using Microsoft.Win32.SafeHandles;

namespace Parking.GateProgram.Journal;

/// <summary>A real file. While it is open, no other process can open it.</summary>
internal sealed class DiskFile(string path, bool survivesPowerCuts) : IGateFile
{
    // Windows renames an open file only if that was allowed when it was opened; elsewhere it always does.
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Share);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(_handle, buffer[read..], offset + read) is > 0 and var part)
        {
            read += part;
        }
        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush()
    {
        if (survivesPowerCuts)
        {
            RandomAccess.FlushToDisk(_handle);
        }
    }

    public void Dispose() => _handle.Dispose();
}
