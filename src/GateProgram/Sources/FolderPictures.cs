using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parking.GateProgram.Sources;

/// <summary>
/// Reads codes from the pictures in a folder: first those that exist, then new ones. A picture is read when it is complete: it can be
/// decoded and its size has stopped changing. A picture that has no readable symbol or is not a picture is reported and skipped.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="pictures">Reads the pictures.</param>
/// <param name="report">Called with the file name of each picture without a code.</param>
/// <param name="time">Waits for pictures that are still being written.</param>
public sealed class FolderPictures(string folder, IPictureCodes pictures, Action<string> report, TimeProvider time)
{
    private const int MostWaiting = 1000, Attempts = 20;

    private static readonly TimeSpan AttemptEvery = TimeSpan.FromMilliseconds(150);
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>Returns codes until cancelled.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"--watch {folder}: there is no such folder. Make it first.");
        }
        var arrivals = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        using var watcher = new FileSystemWatcher(folder);
        watcher.Created += (_, file) => arrivals.Writer.TryWrite(file.FullPath);
        watcher.Renamed += (_, file) => arrivals.Writer.TryWrite(file.FullPath);
        watcher.EnableRaisingEvents = true;

        // Start watching before listing the folder. A picture that arrives in between is then seen twice and read once; otherwise it could
        // be missed.
        var seen = new HashSet<string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (seen.Add(path) && IsPicture(path) && await ReadPictureAsync(path, cancellationToken) is { } text)
            {
                yield return text;
            }
        }
        await foreach (var path in arrivals.Reader.ReadAllAsync(cancellationToken))
        {
            if (seen.Add(path) && IsPicture(path) && await ReadPictureAsync(path, cancellationToken) is { } text)
            {
                yield return text;
            }
        }
    }

    private static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private async Task<string?> ReadPictureAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = SizeOf(path);
            await Task.Delay(AttemptEvery, time, cancellationToken);
            if (before > 0 && before == SizeOf(path))
            {
                var (text, fault) = pictures.Read(path);
                if (fault is null)
                {
                    return text ?? Skip($"{Path.GetFileName(path)}: no symbol could be read");
                }
                if (attempt == Attempts)
                {
                    return Skip(fault);
                }
                // The file may still be being written. Try again.
            }
            if (attempt == Attempts)
            {
                return Skip($"{Path.GetFileName(path)}: empty or still being written after {(AttemptEvery * Attempts).TotalSeconds:0} s");
            }
        }
    }

    private string? Skip(string why)
    {
        report(why);
        return null;
    }

    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}

/// <summary>Reads the codes in picture files. The gate program itself contains no symbol reader.</summary>
public interface IPictureCodes
{
    /// <summary>Reads one picture.</summary>
    /// <param name="path">The picture's file.</param>
    PictureCode Read(string path);
}

/// <summary>The result of reading a picture.</summary>
/// <param name="Text">The text of its symbol; null if none could be read.</param>
/// <param name="Fault">Why the file cannot be used, with its name; null if it can. A file that is still being written has a fault until it
/// is complete.</param>
public readonly record struct PictureCode(string? Text, string? Fault);
