namespace Parking.Api.Hosting.Files;

/// <summary>Files with secrets: readable by this user only (mode 600), and either complete or absent.</summary>
internal static class PrivateFile
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    /// <summary>Replaces a file atomically: a reader sees the old content or the new one, also after a crash.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var draft = $"{path}.new";
        using (var stream = Open(draft, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>
    /// Locks a file against other processes until the result is disposed or this process ends, however it ends. Writers hold the lock
    /// while they read, change and write; readers do not need it.
    /// </summary>
    /// <exception cref="IOException">Another process has held the lock for ten seconds.</exception>
    public static IDisposable Lock(string path)
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryLock($"{path}.lock")) is not null, LockPatience)
            ? held!
            : throw new IOException($"Another process has been writing {path} for {LockPatience.TotalSeconds:0} seconds.");
    }

    /// <summary>Opens a file for this process alone. A new one is readable by this user only.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access = FileAccess.Write)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return Open(path, FileMode.OpenOrCreate);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
