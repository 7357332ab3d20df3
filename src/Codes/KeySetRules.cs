namespace Parking.Codes;

/// <summary>What both published forms of a key set are held to when they are read.</summary>
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

        // Derived, never taken on trust: a set that calls a key by another's id would let the wrong signer in.
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
