using System.Collections.Concurrent;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Verifiers, cached by the keys in the feed. All gates of a city have the same keys, so the keys are read once.</summary>
public sealed class VerifierCache
{
    private const int Most = 64;

    private readonly ConcurrentDictionary<string, CodeVerifier> _verifiers = new();

    /// <summary>
    /// A verifier for the feed's keys. If the feed has no keys of a use or they cannot be read, every code of that use has an unknown key.
    /// </summary>
    public CodeVerifier Get(GateFeed feed)
    {
        var keys = feed.Keys.GetRawText();
        var certificateKeys = feed.CertificateKeys?.GetRawText();
        var name = $"{feed.SkewSeconds} {string.Join(',', feed.RevokedKeys)} {keys} {certificateKeys}";
        if (_verifiers.Count > Most)
        {
            _verifiers.Clear();
        }
        return _verifiers.GetOrAdd(name, _ => new(
            Read(keys, KeyUse.Codes, feed.RevokedKeys),
            new CodeLifetime { ClockSkew = Duration.FromSeconds(feed.SkewSeconds) },
            Read(certificateKeys, KeyUse.Certificates, feed.RevokedKeys)));
    }

    private static PublicKeySet Read(string? keys, KeyUse use, IReadOnlyList<string> revokedKeys)
    {
        var revoked = revokedKeys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            var read = PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(keys ?? ""), use);
            return new PublicKeySet(read.Keys.Where(key => !revoked.Contains(key.Id.ToString())), use);
        }
        catch (FormatException)
        {
            return new PublicKeySet([], use);
        }
    }
}
