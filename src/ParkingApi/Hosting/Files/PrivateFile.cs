namespace Parking.Api.Hosting.Files;

/// <summary>Files with secrets: for this user alone (mode 600), and whole or not there at all.</summary>
internal static class PrivateFile
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    /// <summary>Replaces a file in one step: a reader sees the old content or the new, after a crash as well.</summary>
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
    /// Keeps every other process out of <see cref="Lock"/> for the same file until it is disposed, or until this process ends in whatever way.
    /// Writers take it around read, change and write; readers need not.
    /// </summary>
    /// <exception cref="IOException">Another process has held it for ten seconds.</exception>
    public static IDisposable Lock(string path)
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryLock($"{path}.lock")) is not null, LockPatience)
            ? held!
            : throw new IOException($"Another process has been writing {path} for {LockPatience.TotalSeconds:0} seconds.");
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

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}
