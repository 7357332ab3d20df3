using System.Runtime.InteropServices;
using System.Text;

namespace Parking.GateProgram.Journal;

/// <summary>
/// Makes a folder's names last. .NET has no call for it (it opens no folder as a file), so on Unix the system is asked itself. On Windows there is none to ask: NTFS keeps a log of
/// its names, and the flush of the renamed file carries it along.
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

    // The path as bytes: nothing to marshal, so no unsafe code is generated.
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
