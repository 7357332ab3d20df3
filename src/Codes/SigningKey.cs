namespace Parking.Codes;

/// <summary>The key that creates codes: a signer and its seal. The key id selects both.</summary>
public sealed class SigningKey
{
    /// <summary>Creates a key from its parts.</summary>
    /// <param name="signer">The signer: local or a device.</param>
    /// <param name="seal">The seal that encrypts the holder.</param>
    public SigningKey(ICodeSigner signer, CodeSeal seal)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(seal);
        Signer = signer;
        Seal = seal;
    }

    /// <summary>The key's id.</summary>
    public KeyId Id => PublicKey.Id;

    /// <summary>The public key.</summary>
    public VerificationKey PublicKey => Signer.PublicKey;

    /// <summary>The signer.</summary>
    public ICodeSigner Signer { get; }

    /// <summary>The seal that encrypts and decrypts the holder.</summary>
    public CodeSeal Seal { get; }

    /// <summary>Creates a random key in this process's memory.</summary>
    /// <returns>The key.</returns>
    public static SigningKey Create() => new(LocalCodeSigner.Create(), CodeSeal.Create());

    /// <summary>The key's id, and nothing secret.</summary>
    /// <returns>8 lowercase hexadecimal digits.</returns>
    public override string ToString() => Id.ToString();
}
