using System.Text;
using NodaTime;
using NodaTime.Text;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Start;

namespace Parking.Api.Simulation;

/// <summary>
/// Keeps the virtual time on disk. A killed simulation continues at that time, so its clock is never earlier than what its store has.
/// The file stays open while the simulation runs, so that no second simulation starts on the same folder.
/// </summary>
internal sealed class KeptTime : IDisposable
{
    public const string FileName = "simulation-clock";

    /// <summary>Gives texts of equal length, so that a write replaces the whole previous text.</summary>
    private static readonly InstantPattern Pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fffffff'Z'");

    private readonly FileStream _file;

    private KeptTime(FileStream file) => _file = file;

    /// <exception cref="InvalidSettingsException">Another simulation runs on this folder.</exception>
    public static KeptTime Open(DataFolder folder)
    {
        var path = folder.PathOf(FileName);
        try
        {
            return new(PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite));
        }
        catch (IOException e)
        {
            throw new InvalidSettingsException(
            [
                $"Data:Folder is in use by another simulation, or cannot be written ({e.Message}). "
                + "Name another folder, or end the other simulation.",
            ]);
        }
    }

    /// <summary>The last kept time; null if there is none.</summary>
    /// <exception cref="InvalidDataException">The file contains something else.</exception>
    public Instant? Read()
    {
        Span<byte> text = stackalloc byte[64];
        var length = RandomAccess.Read(_file.SafeFileHandle, text, 0);
        return length == 0 ? null
            : Pattern.Parse(Encoding.ASCII.GetString(text[..length])) is { Success: true, Value: var time } ? time
            : throw new InvalidDataException($"{FileName} in the data folder has no time. Remove the folder and simulate again.");
    }

    /// <summary>Writes a time. It survives a killed process. A power failure may lose it, which is acceptable for a simulation.</summary>
    public void Keep(Instant time) => RandomAccess.Write(_file.SafeFileHandle, Encoding.ASCII.GetBytes(Pattern.Format(time)), 0);

    public void Dispose() => _file.Dispose();
}
