using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parking.GateProgram.Sources;

/// <summary>
/// Codes from pictures in a folder: those that lie there, then those that come. A picture is read when it is complete, that is when it can
/// be decoded and its size has not changed meanwhile; one that has no readable symbol, or is no picture, is named and passed over.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="pictures">Reads them.</param>
/// <param name="report">Told about pictures without a code, by file name.</param>
/// <param name="time">Waits for pictures that are still being written.</param>
public sealed class FolderPictures(string folder, IPictureCodes pictures, Action<string> report, TimeProvider time)
{
    private const int MostWaiting = 1000, Attempts = 20;

    private static readonly TimeSpan AttemptEvery = TimeSpan.FromMilliseconds(150);
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>Codes until cancelled.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
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

        // Watching first, looking second: a picture that comes in between is seen twice rather than never, and read once.
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
                // Still being written: once more.
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

/// <summary>Reads the codes in picture files. What finds a symbol in a picture is no part of a gate's program.</summary>
public interface IPictureCodes
{
    /// <summary>Reads one picture.</summary>
    /// <param name="path">Its file.</param>
    PictureCode Read(string path);
}

/// <summary>What a picture says.</summary>
/// <param name="Text">The text of its symbol; null where none could be read.</param>
/// <param name="Fault">Why the file cannot be used, naming it; null where it can. A file that is still being written has a fault until it
/// is complete.</param>
public readonly record struct PictureCode(string? Text, string? Fault);
