using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>Where the key ring is kept: one file, secret, shared by the instances of the service.</summary>
internal sealed class KeyRingFile(DataFolder folder, IHostEnvironment environment)
{
    private const string DefaultName = "keyring.json";

    public string PathFor(CodeOptions options) =>
        string.IsNullOrEmpty(options.KeyRingFile) ? folder.PathOf(DefaultName) : Path.Combine(environment.ContentRootPath, options.KeyRingFile);

    public bool MayCreate(CodeOptions options) => options.CreateKeyRing ?? (environment.IsDevelopment() || environment.IsSimulation());

    /// <summary>When the file was last written, as the file system says; a date long past if there is none.</summary>
    public DateTime WrittenAt(CodeOptions options) => File.GetLastWriteTimeUtc(PathFor(options));

    /// <summary>The ring as it is on disk; null if there is no file.</summary>
    /// <exception cref="FormatException">The file is no key ring.</exception>
    public KeyRing? Read(CodeOptions options)
    {
        var path = PathFor(options);
        return File.Exists(path) ? KeyRingDocument.Read(File.ReadAllBytes(path), options.ToPolicy()) : null;
    }

    /// <summary>Reads the ring (null if there is none), has it changed, and writes it if that gave another one; no other instance writes meanwhile.</summary>
    public KeyRing Change(CodeOptions options, Func<KeyRing?, KeyRing> change)
    {
        var path = PathFor(options);
        using var alone = PrivateFile.Lock(path);
        var before = Read(options);
        var after = change(before);
        if (after != before)
        {
            PrivateFile.Write(path, KeyRingDocument.Write(after));
        }

        return after;
    }
}
