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

    /// <summary>A verifier for the feed's keys. If the feed has no keys or they cannot be read, every code has an unknown key.</summary>
    public CodeVerifier Get(GateFeed feed)
    {
        var keys = feed.Keys.GetRawText();
        var name = $"{feed.SkewSeconds} {string.Join(',', feed.RevokedKeys)} {keys}";
        if (_verifiers.Count > Most)
        {
            _verifiers.Clear();
        }
        return _verifiers.GetOrAdd(name, _ => Create(feed, keys));
    }

    private static CodeVerifier Create(GateFeed feed, string keys)
    {
        var revoked = feed.RevokedKeys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        PublicKeySet set;
        try
        {
            set = new PublicKeySet(
                PublicKeySet.FromJwks(Encoding.UTF8.GetBytes(keys)).Keys.Where(key => !revoked.Contains(key.Id.ToString())));
        }
        catch (FormatException)
        {
            set = new PublicKeySet([]);
        }
        return new CodeVerifier(set, new CodeLifetime { ClockSkew = Duration.FromSeconds(feed.SkewSeconds) });
    }
}
