namespace Parking.Codes;

/// <summary>
/// Signs codes with a private key that need not be in this process: a hardware module can stand behind it. The format knows ES256 only;
/// a device for another algorithm (SM2, say) also brings an algorithm number and a verification key of its kind, and fits here then.
/// Implementations must be safe to use from many threads at once.
/// </summary>
public interface ICodeSigner
{
    /// <summary>The public half: what this signer's signatures are checked with.</summary>
    VerificationKey PublicKey { get; }

    /// <summary>Signs: ECDSA over P-256 with SHA-256 (the signer hashes).</summary>
    /// <param name="data">What to sign.</param>
    /// <param name="signature">Receives r and s side by side: exactly 64 bytes.</param>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}
