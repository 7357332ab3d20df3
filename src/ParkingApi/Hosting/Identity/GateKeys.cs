using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Which gate a key belongs to.</summary>
/// <remarks>
/// A gate is found by the first bytes of its key's hash and known by comparing all of it in fixed time. Nobody can steer a SHA-256,
/// so what a lookup's duration might tell of those first bytes is of no use.
/// </remarks>
internal sealed class GateKeys
{
    private readonly FrozenDictionary<ulong, Entry> _byHash;

    private GateKeys(IEnumerable<Entry> entries) => _byHash = entries.ToFrozenDictionary(entry => Prefix(entry.Hash));

    /// <summary>Reads the file that <paramref name="options"/> names.</summary>
    /// <returns>What is wrong with it; nothing if <paramref name="keys"/> came of it.</returns>
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
