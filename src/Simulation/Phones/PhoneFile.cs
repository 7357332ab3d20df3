using System.Text.Json;
using Parking.GateProgram;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Phones;

/// <summary>What a phone of the simulator keeps between two runs of the program.</summary>
/// <param name="Phone">The number of this format: 1.</param>
/// <param name="Device">The device's id; null if it is not linked.</param>
/// <param name="Key">Its own key; secret.</param>
/// <param name="ClockOffset">Milliseconds to add to the phone's clock, as the service has told it.</param>
/// <param name="Certificates">The certificates that were not used yet, in their order.</param>
public sealed record PhoneFile(
    int Phone, string? Device, string Key, long ClockOffset, IReadOnlyList<KeptCertificate> Certificates)
{
    public const int Format = 1;

    /// <exception cref="SettingsException">The file is not that of a phone.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PhoneFile Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PhoneFile>(File.ReadAllBytes(path), ClientJson.Options) is { Phone: Format } file
                ? file
                : throw new SettingsException($"{path}: this program reads phones of format {Format}.");
        }
        catch (JsonException error)
        {
            throw new SettingsException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Writes the file. Only its owner can read it, because whoever has it is this phone.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        var next = $"{path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, this, ClientJson.Options);
        }
        File.Move(next, path, overwrite: true);
    }

    public override string ToString() => $"phone with {Certificates.Count} certificates";
}

/// <summary>A certificate with the key of its codes.</summary>
/// <param name="Plate">The vehicle; null for none.</param>
/// <param name="Key">The key; secret.</param>
/// <param name="Certificate">The certificate, in base64url.</param>
public sealed record KeptCertificate(string? Plate, string Key, string Certificate)
{
    public override string ToString() => "certificate of a phone";
}
