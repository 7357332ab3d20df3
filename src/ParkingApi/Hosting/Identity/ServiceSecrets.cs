using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>The service's own keys, ready for use.</summary>
internal sealed class ServiceSecrets(IOptions<SecretsOptions> options)
{
    private const int CheckSize = 16;

    private readonly byte[] _citizenKey = Convert.FromBase64String(options.Value.CitizenKey!);
    private readonly byte[] _stayKey = Convert.FromBase64String(options.Value.StayKey!);

    /// <summary>The 32 bytes with which the public ids of stays are made.</summary>
    public ReadOnlySpan<byte> StayKey => _stayKey;

    /// <summary>
    /// What a store keeps of the secrets that must never change, because its data could no longer be matched under others.
    /// </summary>
    public IReadOnlyList<SecretCheck> Checks =>
    [
        CheckOf(nameof(SecretsOptions.CitizenKey), _citizenKey),
        CheckOf(nameof(SecretsOptions.StayKey), _stayKey),
    ];

    /// <summary>The key that replaces a citizen code wherever the code would be stored, compared or counted.</summary>
    public CitizenKey CitizenKeyOf(string citizenCode) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(_citizenKey, Encoding.UTF8.GetBytes(citizenCode))));

    /// <summary>The first 8 bytes of what only the service can compute of a text, as a number. Each use has a text of its own.</summary>
    public ulong NumberOf(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_citizenKey, Encoding.UTF8.GetBytes(text)));

    private static SecretCheck CheckOf(string key, byte[] secret)
    {
        var setting = $"{SecretsOptions.Section}:{key}";
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"parking check of {setting} 1"));
        return new(setting, Convert.ToHexStringLower(hash.AsSpan(0, CheckSize)));
    }
}
