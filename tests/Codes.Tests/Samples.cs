using NodaTime;

namespace Parking.Codes.Tests;

/// <summary>A ring with one key, and what comes with it. Keys are random: nothing may depend on them.</summary>
internal static class Samples
{
    public static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 30, 15);
    public static readonly HolderId Holder = new(0x0123_4567_89AB_CDEF);
    public static readonly VehicleSlot Vehicle = new(3);
    public static readonly SigningKey Key = SigningKey.Create();
    public static readonly KeyRing Ring = KeyRing.Found(Key, Now);
    public static readonly PublicKeySet Keys = Ring.PublishedAt(Now);
    public static readonly CodeMinter Minter = new(Ring);
    public static readonly CodeVerifier Verifier = new(Keys);

    public static MintedCode Mint() => Minter.Mint(Holder, Vehicle, Now);

    public static byte[] BytesOf(string code)
    {
        var encoded = code.AsSpan(CodeFormat.Prefix.Length);
        var bytes = new byte[Base45.GetDecodedLength(encoded.Length)];
        Assert.True(Base45.TryDecode(encoded, bytes, out _));
        return bytes;
    }

    public static string TextOf(ReadOnlySpan<byte> bytes) => CodeFormat.Prefix + Base45.Encode(bytes);
}
