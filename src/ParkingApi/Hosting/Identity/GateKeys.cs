using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Finds the gate of a key.</summary>
/// <remarks>
/// A gate is looked up by the first bytes of its key's hash; then the whole hash is compared in fixed time. Nobody can choose the bytes
/// of a SHA-256, so the duration of a lookup reveals nothing useful about them.
/// </remarks>
internal sealed class GateKeys
{
    private readonly FrozenDictionary<ulong, Entry> _byHash;

    private GateKeys(IEnumerable<Entry> entries) => _byHash = entries.ToFrozenDictionary(entry => Prefix(entry.Hash));

    /// <summary>Reads the file that <paramref name="options"/> names.</summary>
    /// <returns>The errors of the file; none if <paramref name="keys"/> was read.</returns>
    public static IReadOnlyList<string> TryRead(GateKeysOptions options, CityDirectory city, out GateKeys? keys)
    {
        keys = null;
        if (string.IsNullOrEmpty(options.KeysFile))
        {
            return ["""is missing. Name a file {"gates":{"<gate>":"<SHA-256 of its key, 64 hexadecimal digits>"}}."""];
        }

        GateKeysFile? file;
        try
        {
            file = JsonSerializer.Deserialize(File.ReadAllBytes(options.KeysFile), SecretFilesJsonContext.Default.GateKeysFile);
        }
        catch (JsonException e)
        {
            return [$"names {options.KeysFile}, which is not of the form {{\"gates\":{{…}}}} (at {e.Path ?? "$"})."];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"names {options.KeysFile}, which cannot be read: {e.Message}"];
        }

        var errors = new List<string>();
        var entries = new Dictionary<ulong, Entry>();
        foreach (var (gate, hex) in file?.Gates ?? [])
        {
            var hash = new byte[SHA256.HashSizeInBytes];
            if (city.FindGate(new(gate)) is not { } known)
            {
                errors.Add($"names {options.KeysFile}, which has a key for '{gate}': the city has no such gate.");
            }
            else if (hex.Length != 2 * hash.Length || Convert.FromHexString(hex, hash, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                errors.Add($"names {options.KeysFile}, where '{gate}' has something else than the 64 hexadecimal digits of a SHA-256.");
            }
            else if (!entries.TryAdd(Prefix(hash), new(known, hash)))
            {
                errors.Add($"names {options.KeysFile}, where '{gate}' has the key of '{entries[Prefix(hash)].Gate.Id}'.");
            }
        }

        keys = errors.Count == 0 ? new(entries.Values) : null;
        return errors;
    }

    /// <summary>The gates that have a key.</summary>
    public IEnumerable<GateId> Gates => _byHash.Values.Select(entry => entry.Gate.Id);

    /// <summary>The gate whose key <paramref name="text"/> is.</summary>
    public bool TryFind(ReadOnlySpan<char> text, [NotNullWhen(true)] out Gate? gate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        gate = GateKey.TryHash(text, hash)
            && _byHash.TryGetValue(Prefix(hash), out var entry)
            && CryptographicOperations.FixedTimeEquals(entry.Hash, hash)
                ? entry.Gate
                : null;
        return gate is not null;
    }

    private static ulong Prefix(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);

    private readonly record struct Entry(Gate Gate, byte[] Hash);
}

/// <summary>A gate's key: 32 random bytes, shown as 43 characters of base64url. Only its SHA-256 is kept.</summary>
/// <remarks>A plain hash is enough for a secret of 256 random bits: no dictionary attack is possible.</remarks>
internal static class GateKey
{
    public const int Size = 32;

    private const int TextLength = 43;

    /// <summary>A new key as text.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Writes the SHA-256 of the key in <paramref name="text"/> to <paramref name="hash"/>; false if the text is no key.</summary>
    public static bool TryHash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        Span<byte> key = stackalloc byte[Size];
        return text.Length == TextLength
            && Base64Url.DecodeFromChars(text, key, out _, out var written) == OperationStatus.Done
            && written == Size
            && SHA256.TryHashData(key, hash, out _);
    }
}

/// <summary>The setting that names the file with the gates' keys.</summary>
internal sealed class GateKeysOptions
{
    public const string Section = "Gates";

    /// <summary>The path of a <see cref="GateKeysFile"/>. In Development the service writes one itself.</summary>
    public string? KeysFile { get; set; }

    /// <summary>Reports all errors of the file, so that the service does not start with gates that cannot reach it.</summary>
    public sealed class Validator(CityDirectory city) : IValidateOptions<GateKeysOptions>
    {
        public ValidateOptionsResult Validate(string? name, GateKeysOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var error in GateKeys.TryRead(options, city, out _))
            {
                errors.AddError($"{Section}:{nameof(KeysFile)} {error}");
            }

            return errors.Build();
        }
    }
}

/// <summary>
/// The file of <c>Gates:KeysFile</c>: by gate, the SHA-256 of its key as 64 hexadecimal digits. It is not secret, but whoever can write
/// it can open gates.
/// </summary>
internal sealed record GateKeysFile
{
    public required SortedDictionary<string, string> Gates { get; init; }
}
