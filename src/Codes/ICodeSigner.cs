namespace Parking.Codes;

/// <summary>
/// Signs codes with a private key that can be outside this process, for example in a hardware module. The format supports only ES256;
/// another algorithm (such as SM2) also needs an algorithm number and a verification key of its kind. Implementations must be thread-safe.
/// </summary>
public interface ICodeSigner
{
    /// <summary>The public key that verifies this signer's signatures.</summary>
    VerificationKey PublicKey { get; }

    /// <summary>Signs with ECDSA over P-256 with SHA-256. The signer computes the hash.</summary>
    /// <param name="data">The data to sign.</param>
    /// <param name="signature">Receives r and s, concatenated: exactly 64 bytes.</param>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}
