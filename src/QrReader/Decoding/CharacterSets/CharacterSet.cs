namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>What bytes mean. Strict: bytes that mean nothing make the whole text nothing. Immutable and shared; decoding allocates nothing.</summary>
internal abstract class CharacterSet
{
    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="chars">Receives the text; as long as the bytes, at least.</param>
    /// <returns>How many characters were written, or −1 where the bytes are not of this set.</returns>
    public abstract int Decode(ReadOnlySpan<byte> bytes, Span<char> chars);
}
