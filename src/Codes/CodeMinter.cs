using System.Security.Cryptography;
using NodaTime;

namespace Parking.Codes;

/// <summary>Creates codes with the key of a ring that signs at the time. Immutable and thread-safe.</summary>
public sealed class CodeMinter
{
    private readonly KeyRing _ring;
    private readonly CodeLifetime _lifetime;
    private readonly Action<Span<byte>> _fillRandom;

    /// <summary>Creates a minter for a ring. When the ring changes, create a new one: it is cheap.</summary>
    /// <param name="ring">The keys; the ring's policy has the lifetime of a code.</param>
    /// <exception cref="ArgumentException">A code would expire before it is redrawn.</exception>
    public CodeMinter(KeyRing ring)
        : this(ring, RandomNumberGenerator.Fill)
    {
    }

    /// <summary>Creates a minter with the random source of a test.</summary>
    internal CodeMinter(KeyRing ring, Action<Span<byte>> fillRandom)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _ring = ring;
        _lifetime = ring.Policy.CodeLifetime;
        if (_lifetime.RedrawAfter > _lifetime.ValidFor)
        {
            throw new ArgumentException(
                $"A code valid for {_lifetime.ValidFor} would expire before it is redrawn after {_lifetime.RedrawAfter}.", nameof(ring));
        }

        _fillRandom = fillRandom;
    }

    /// <summary>Creates one code.</summary>
    /// <param name="holder">The holder of the code.</param>
    /// <param name="vehicle">The vehicle that the code names, or <see cref="VehicleSlot.None"/>.</param>
    /// <param name="now">The time; fractions of a second are truncated.</param>
    /// <returns>The code.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Issue or expiry lies outside 1970-01-01T18:12:16Z to 2106-02-07T06:28:15Z, the range of a code's four-byte times.
    /// </exception>
    public MintedCode Mint(HolderId holder, VehicleSlot vehicle, Instant now)
    {
        var issuedAt = CodeFormat.SecondsOf(now);
        var expiresAt = CodeFormat.SecondsOf(now + _lifetime.ValidFor);
        var key = _ring.SignerAt(now);
        Span<byte> random = stackalloc byte[CodeSeal.RandomSize];
        _fillRandom(random);
        var id = key.Seal.Seal(holder, vehicle, random);

        var text = Sign(key, CodeFormat.EncodePayload(expiresAt, issuedAt, id));
        var issued = Instant.FromUnixTimeSeconds(issuedAt);
        return new MintedCode(text, id, issued, issued + _lifetime.ValidFor, issued + _lifetime.RedrawAfter);
    }

    private static string Sign(SigningKey key, byte[] payload)
    {
        var protectedHeader = CodeFormat.EncodeProtectedHeader(key.Id);
        Span<byte> toBeSigned = stackalloc byte[CodeFormat.ToBeSignedSize];
        CoseSign1.WriteToBeSigned(protectedHeader, externalData: [], payload, toBeSigned);
        Span<byte> signature = stackalloc byte[VerificationKey.SignatureSize];
        key.Signer.Sign(toBeSigned, signature);
        return CodeFormat.Prefix + Base45.Encode(CoseSign1.Encode(protectedHeader, payload, signature));
    }
}

/// <summary>A new code for its holder's phone.</summary>
/// <param name="Text">
/// The code itself, in the QR alphanumeric set: 171 characters, of a device 426. A secret until it expires: never log or store it.
/// </param>
/// <param name="Id">Its identity.</param>
/// <param name="IssuedAt">The issue time, in whole seconds.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid, without clock skew.</param>
/// <param name="RedrawAt">When the phone should show the next one.</param>
public sealed record MintedCode(string Text, CodeId Id, Instant IssuedAt, Instant ExpiresAt, Instant RedrawAt)
{
    /// <summary>The times only: the code is a secret, and the record's generated text would reveal it in logs.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"code issued {IssuedAt}, expires {ExpiresAt}";
}
