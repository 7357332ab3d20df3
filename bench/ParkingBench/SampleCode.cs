using System.Formats.Cbor;
using System.Security.Cryptography;
using NodaTime;
using Parking.Codes;

namespace Parking.Bench;

/// <summary>
/// One code, made by the project, and what its signature covers, taken apart with a general CBOR library: the bare operations that ours
/// are compared with run over exactly these bytes, and share no code with what is measured.
/// </summary>
internal static class SampleCode
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 8, 0);
    public static readonly HolderId Holder = new(0x0123_4567_89AB_CDEF);
    public static readonly VehicleSlot Vehicle = new(1);

    /// <summary>The pair that signs the code.</summary>
    public static readonly ECDsa Pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static readonly SigningKey Key =
        new(new LocalCodeSigner(Pair.ExportParameters(includePrivateParameters: true)), CodeSeal.Create());
    public static readonly KeyRing Ring = KeyRing.Found(Key, Now);
    public static readonly CodeMinter Minter = new(Ring);

    /// <summary>171 characters.</summary>
    public static readonly string Text = Minter.Mint(Holder, Vehicle, Now).Text;

    /// <summary>111 bytes: a COSE_Sign1 array (RFC 9052, section 4.2).</summary>
    public static readonly byte[] Bytes = Decode(Text);

    /// <summary>56 bytes: the Sig_structure (RFC 9052, section 4.4) of <see cref="Bytes"/>.</summary>
    public static readonly byte[] ToBeSigned;

    /// <summary>64 bytes: r and s side by side (IEEE P1363).</summary>
    public static readonly byte[] Signature;

    static SampleCode()
    {
        var reader = new CborReader(Bytes);
        reader.ReadStartArray();
        var protectedHeader = reader.ReadByteString();
        reader.SkipValue();
        var payload = reader.ReadByteString();
        Signature = reader.ReadByteString();

        var writer = new CborWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(protectedHeader);
        writer.WriteByteString([]);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        ToBeSigned = writer.Encode();
    }

    /// <summary>The same code with the last bit of its signature turned over.</summary>
    public static string Forge()
    {
        byte[] forged = [.. Bytes];
        forged[^1] ^= 1;
        return CodeFormat.Prefix + Base45.Encode(forged);
    }

    /// <summary>The bytes behind the prefix of a code.</summary>
    public static byte[] Decode(string code)
    {
        var encoded = code.AsSpan(CodeFormat.Prefix.Length);
        var bytes = new byte[Base45.GetDecodedLength(encoded.Length)];
        return Base45.TryDecode(encoded, bytes, out _) ? bytes : throw new InvalidOperationException("A minted code is not Base45.");
    }
}
