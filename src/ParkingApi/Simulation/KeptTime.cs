using System.Text;
using Microsoft.Win32.SafeHandles;
using NodaTime;
using NodaTime.Text;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;

namespace Parking.Api.Simulation;

/// <summary>
/// The virtual time on disk, so that a simulation that was killed goes on where it was: behind that lies everything its store has. Held for as
/// long as the simulation runs, so that a second one does not start on the same folder.
/// </summary>
internal sealed class KeptTime : IDisposable
{
    public const string FileName = "simulation-clock";

    /// <summary>Of one length for every time there is, so that a write replaces all of what was there.</summary>
    private static readonly InstantPattern Pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fffffff'Z'");

    private readonly SafeFileHandle _file;

    private KeptTime(SafeFileHandle file) => _file = file;

    /// <exception cref="InvalidSettingsException">Another simulation runs on this folder.</exception>
    public static KeptTime Open(DataFolder folder)
    {
        var path = folder.PathOf(FileName);
        try
        {
            return new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new InvalidSettingsException([$"Data:Folder is in use by another simulation, or cannot be written ({e.Message}). Name another folder, or end the other."]);
        }
    }

    /// <summary>The time that was kept last; null if none was.</summary>
    /// <exception cref="InvalidDataException">Something else stands there.</exception>
    public Instant? Read()
    {
        Span<byte> text = stackalloc byte[64];
        var length = RandomAccess.Read(_file, text, 0);
        return length == 0 ? null
            : Pattern.Parse(Encoding.ASCII.GetString(text[..length])) is { Success: true, Value: var time } ? time
            : throw new InvalidDataException($"{FileName} in the data folder has no time. Remove the folder, and simulate anew.");
    }

    /// <summary>Keeps a time. A killed process has kept it; a power cut may lose it, which a simulation can bear.</summary>
    public void Keep(Instant time) => RandomAccess.Write(_file, Encoding.ASCII.GetBytes(Pattern.Format(time)), 0);

    public void Dispose() => _file.Dispose();
}
