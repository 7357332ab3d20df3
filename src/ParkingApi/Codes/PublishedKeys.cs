using Parking.Admission;
using Parking.Api.Hosting;

namespace Parking.Api.Codes;

/// <summary>The published keys in the formats in which they are sent. Each format is made once for each key ring.</summary>
internal sealed class PublishedKeys(CodeKeys keys)
{
    private volatile Forms? _latest;

    /// <summary>JSON Web Key Set (RFC 7517).</summary>
    public PublishedContent Jwks => Current().Jwks;

    /// <summary>COSE_KeySet (RFC 9052, section 7).</summary>
    public PublishedContent CoseKeySet => Current().CoseKeySet;

    private Forms Current()
    {
        var snapshot = keys.Current;
        return _latest is { } latest && latest.Of == snapshot
            ? latest
            : _latest = new(snapshot, new(snapshot.Published.ToJwks()), new(snapshot.Published.ToCoseKeySet()));
    }

    private sealed record Forms(KeySnapshot Of, PublishedContent Jwks, PublishedContent CoseKeySet);
}
