using Parking.Admission;
using Parking.Api.Hosting;
using Parking.Codes;

namespace Parking.Api.Codes;

/// <summary>The published keys in the formats in which they are sent. Each format is made once for each key ring.</summary>
internal sealed class PublishedKeys(CodeKeys keys)
{
    private volatile Forms? _latest;

    /// <summary>The keys of codes.</summary>
    public KeySetForms Codes => Current().Codes;

    /// <summary>The keys of devices' certificates.</summary>
    public KeySetForms Certificates => Current().Certificates;

    private Forms Current()
    {
        var snapshot = keys.Current;
        return _latest is { } latest && latest.Of == snapshot
            ? latest
            : _latest = new(snapshot, FormsOf(snapshot.Published), FormsOf(snapshot.PublishedCertificateKeys));
    }

    private static KeySetForms FormsOf(PublicKeySet set) => new(new(set.ToJwks()), new(set.ToCoseKeySet()));

    private sealed record Forms(KeySnapshot Of, KeySetForms Codes, KeySetForms Certificates);
}

/// <summary>One set of keys.</summary>
/// <param name="Jwks">JSON Web Key Set (RFC 7517).</param>
/// <param name="CoseKeySet">COSE_KeySet (RFC 9052, section 7).</param>
internal sealed record KeySetForms(PublishedContent Jwks, PublishedContent CoseKeySet);
