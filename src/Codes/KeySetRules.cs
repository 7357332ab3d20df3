namespace Parking.Codes;

/// <summary>The rules that both published forms of a key set must satisfy when they are read.</summary>
internal static class KeySetRules
{
    public static VerificationKey Check(byte[] x, byte[] y, KeyId kid, string place)
    {
        VerificationKey key;
        try
        {
            key = new VerificationKey(x, y);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{place}: {e.Message}", e);
        }

        // The id is always computed: a set that gives a key another key's id would accept the wrong signer.
        return key.Id == kid ? key : throw new FormatException($"{place}.kid: says {kid}, but the key's thumbprint begins with {key.Id}.");
    }

    public static PublicKeySet Build(List<VerificationKey> keys)
    {
        if (keys.Count == 0)
        {
            throw new FormatException("keys: none of them is an ES256 verification key.");
        }

        try
        {
            return new PublicKeySet(keys);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"keys: {e.Message}", e);
        }
    }
}
