using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>The file with the key ring. It is secret, and all instances of the service share it.</summary>
internal sealed class KeyRingFile(DataFolder folder, IHostEnvironment environment)
{
    private const string DefaultName = "keyring.json";

    public string PathFor(CodeOptions options) =>
        string.IsNullOrEmpty(options.KeyRingFile)
            ? folder.PathOf(DefaultName)
            : Path.Combine(environment.ContentRootPath, options.KeyRingFile);

    public bool MayCreate(CodeOptions options) => options.CreateKeyRing ?? (environment.IsDevelopment() || environment.IsSimulation());

    /// <summary>When the file was last written, by the file system; a date long past if there is no file.</summary>
    public DateTime WrittenAt(CodeOptions options) => File.GetLastWriteTimeUtc(PathFor(options));

    /// <summary>The ring on disk; null if there is no file.</summary>
    /// <exception cref="FormatException">The file is not a key ring.</exception>
    public KeyRing? Read(CodeOptions options)
    {
        var path = PathFor(options);
        return File.Exists(path) ? KeyRingDocument.Read(File.ReadAllBytes(path), options.ToPolicy()) : null;
    }

    /// <summary>
    /// Reads the ring (null if there is none), applies <paramref name="change"/>, and writes the result if it differs. No other instance
    /// can write meanwhile.
    /// </summary>
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
