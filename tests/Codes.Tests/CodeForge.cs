using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Parking.Codes.Tests;

/// <summary>
/// Builds codes field by field, right ones and wrong ones, truly signed with <see cref="Samples.Key"/> unless told otherwise.
/// </summary>
internal static class CodeForge
{
    public static readonly long IssuedAt = Samples.Now.ToUnixTimeSeconds();

    public static byte[] Header(Action<CborWriter>? write = null) => Encode(write ?? (writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteInt32(-7);
        writer.WriteInt32(4);
        writer.WriteByteString(Samples.Key.Id.ToByteArray());
        writer.WriteEndMap();
    }));

    public static byte[] HeaderWithAlgorithm(long algorithm) => Header(writer =>
    {
        writer.WriteStartMap(2);
        writer.WriteInt32(1);
        writer.WriteInt64(algorithm);
        writer.WriteInt32(4);
        writer.WriteByteString(Samples.Key.Id.ToByteArray());
        writer.WriteEndMap();
    });

    public static byte[] Claims(params (int Label, Action<CborWriter> Value)[] claims) => Encode(writer =>
    {
        writer.WriteStartMap(claims.Length);
        foreach (var (label, value) in claims)
        {
            writer.WriteInt32(label);
            value(writer);
        }

        writer.WriteEndMap();
    });

    public static (int Label, Action<CborWriter> Value) Expiry(long seconds) => (4, writer => writer.WriteInt64(seconds));

    public static (int Label, Action<CborWriter> Value) Issue(long seconds) => (6, writer => writer.WriteInt64(seconds));

    public static (int Label, Action<CborWriter> Value) Id(int size = 16) => (7, writer => writer.WriteByteString(new byte[size]));

    public static byte[] RightClaims() => Claims(Expiry(IssuedAt + 60), Issue(IssuedAt), Id());

    public static byte[] Signed(byte[] header, byte[] payload) => Assemble(header, payload, Sign(header, payload));

    public static byte[] Assemble(byte[] header, byte[] payload, byte[] signature) => Encode(writer =>
    {
        writer.WriteStartArray(4);
        writer.WriteByteString(header);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
    });

    public static byte[] Sign(byte[] header, byte[] payload)
    {
        var toBeSigned = Encode(writer =>
        {
            writer.WriteStartArray(4);
            writer.WriteTextString("Signature1");
            writer.WriteByteString(header);
            writer.WriteByteString([]);
            writer.WriteByteString(payload);
            writer.WriteEndArray();
        });
        var signature = new byte[VerificationKey.SignatureSize];
        Samples.Key.Signer.Sign(toBeSigned, signature);
        return signature;
    }

    // Lax, so that duplicates, wrong orders and indefinite lengths can be written.
    public static byte[] Encode(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        write(writer);
        return writer.Encode();
    }

    /// <summary>The other signature that ECDSA allows for the same r: s becomes n − s.</summary>
    public static byte[] OtherSignature(ReadOnlySpan<byte> signature)
    {
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var n = new System.Numerics.BigInteger(order, isUnsigned: true, isBigEndian: true);
        var s = new System.Numerics.BigInteger(signature[32..], isUnsigned: true, isBigEndian: true);
        var other = signature.ToArray();
        other.AsSpan(32).Clear();
        var bytes = (n - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(other.AsSpan(64 - bytes.Length));
        return other;
    }

    public static SigningKey AnotherKey() => new(LocalCodeSigner.Create(), new CodeSeal(RandomNumberGenerator.GetBytes(CodeSeal.KeySize)));
}
