namespace Parking.GateProgram.Journal;

/// <summary>A folder in memory, for a gate whose disk cannot be written. It is gone with the process.</summary>
internal sealed class MemoryFolder : IGateFolder
{
    private readonly SortedDictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<string> List() => [.. _files.Keys];

    public IGateFile Open(string name)
    {
        if (!_files.TryGetValue(name, out var content))
        {
            _files[name] = content = new MemoryStream();
        }
        return new MemoryFile(content);
    }

    public byte[] ReadAll(string name) =>
        _files.TryGetValue(name, out var content) ? content.ToArray() : throw new FileNotFoundException("There is no such file.", name);

    public void Replace(string name, string replaced)
    {
        if (_files.Remove(name, out var moved))
        {
            _files[replaced] = moved;
        }
    }

    public void Delete(string name) => _files.Remove(name);

    public void Flush()
    {
        // Nothing outlives the process.
    }

    public string Describe(string name) => $"{name} (in memory)";

    private sealed class MemoryFile(MemoryStream content) : IGateFile
    {
        public long Length => content.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            content.Position = offset;
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            content.Position = offset;
            content.Write(bytes);
        }

        public void Truncate(long length) => content.SetLength(length);

        public void Flush()
        {
            // Nothing outlives the process.
        }

        public void Dispose()
        {
            // The content stays: it is the file, not the handle.
        }
    }
}
