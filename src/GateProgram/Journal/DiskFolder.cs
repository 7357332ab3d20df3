using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Parking.GateProgram.Journal;

/// <summary>A folder on disk. Only its owner can read it, because it contains codes that are not acknowledged yet.</summary>
public sealed class DiskFolder : IGateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly bool _survivesPowerCuts;

    /// <param name="path">The folder. It is created, when it is first looked at, if it does not exist.</param>
    /// <param name="survivesPowerCuts">False: files are not flushed, and the system writes them when it likes. A killed process then loses
    /// nothing, a power cut loses events. For simulations of many gates on one disk.</param>
    public DiskFolder(string path, bool survivesPowerCuts = true)
    {
        _path = Path.GetFullPath(path);
        _survivesPowerCuts = survivesPowerCuts;
    }

    public IReadOnlyList<string> List()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else
        {
            Directory.CreateDirectory(_path, OwnerOnly);
        }
        return [.. Directory.EnumerateFiles(_path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    public byte[] ReadAll(string name) => File.ReadAllBytes(Path.Combine(_path, name));

    public IGateFile Open(string name) => new DiskFile(Path.Combine(_path, name), _survivesPowerCuts);

    public void Replace(string name, string replaced) =>
        File.Move(Path.Combine(_path, name), Path.Combine(_path, replaced), overwrite: true);

    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    public void Flush()
    {
        if (_survivesPowerCuts)
        {
            FolderSync.Flush(_path);
        }
    }

    public string Describe(string name) => Path.Combine(_path, name);
}

/// <summary>A file on disk. While it is open, no other process can open it.</summary>
internal sealed class DiskFile(string path, bool survivesPowerCuts) : IGateFile
{
    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK elsewhere.
    private const int SharingViolation = unchecked((int)0x80070020), WouldBlock = 11;

    // Windows renames an open file only if it was opened with FileShare.Delete. Other systems always rename it.
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly SafeFileHandle _handle = Open(path);

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

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Share);
        }
        catch (IOException error) when (error.HResult is SharingViolation or WouldBlock)
        {
            throw new GateFolderInUseException($"{path}: another program has it open. Each gate needs a folder of its own.");
        }
    }
}

/// <summary>
/// Flushes a folder, so that created, renamed and deleted names survive a power cut. .NET cannot open a folder as a file, so on Unix this
/// calls libc. On Windows nothing is needed: NTFS logs names, and flushing the renamed file flushes that log.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnlyAccess = 0;

    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnlyAccess);
        if (descriptor < 0)
        {
            throw new IOException($"{path}: the folder cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }
        try
        {
            if (Sync(descriptor) != 0)
            {
                throw new IOException($"{path}: the folder cannot be flushed (errno {Marshal.GetLastPInvokeError()}).");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // The path is passed as bytes, so nothing is marshalled and no unsafe code is generated.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
