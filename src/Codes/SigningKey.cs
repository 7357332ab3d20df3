namespace Parking.Codes;

/// <summary>What codes are made with: a signer, and the seal that goes with it. The key id selects both.</summary>
public sealed class SigningKey
{
    /// <summary>A key from its parts.</summary>
    /// <param name="signer">Signs; local, or a device.</param>
    /// <param name="seal">Hides the holder.</param>
    public SigningKey(ICodeSigner signer, CodeSeal seal)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(seal);
        Signer = signer;
        Seal = seal;
    }

    /// <summary>The key's id.</summary>
    public KeyId Id => PublicKey.Id;

    /// <summary>The public half, which is published.</summary>
    public VerificationKey PublicKey => Signer.PublicKey;

    /// <summary>What signs.</summary>
    public ICodeSigner Signer { get; }

    /// <summary>What hides and finds the holder.</summary>
    public CodeSeal Seal { get; }

    /// <summary>A new random key in this process's memory.</summary>
    /// <returns>The key.</returns>
    public static SigningKey Create() => new(LocalCodeSigner.Create(), CodeSeal.Create());

    /// <summary>The key's id, and nothing secret.</summary>
    /// <returns>8 lowercase hexadecimal digits.</returns>
    public override string ToString() => Id.ToString();
}
