namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Writing in a set whose bytes below 0x80 are ASCII and whose other characters take more than one byte, or are not letters of Latin.</summary>
internal abstract class DoubleByteModel : WritingModel
{
    public sealed override int Cost(ReadOnlySpan<byte> bytes)
    {
        var cost = 0;
        var before = Kind.Neutral;
        for (int i = 0, length; i < bytes.Length; i += length)
        {
            var kind = Kind.Native;
            if (bytes[i] < 0x80)
            {
                (length, kind) = (1, KindOfAscii(bytes[i]));
                cost += CostOfAscii(bytes[i]);
            }
            else
            {
                cost += CostOfNext(bytes[i..], out length);
                if (length == 0)
                {
                    return Impossible;
                }
            }
            cost += CostOfChange(before, kind);
            before = kind;
        }
        return cost;
    }

    /// <summary>The cost of what begins with a byte of 0x80 or more, and how many bytes it is; no bytes where it is not of the set.</summary>
    protected abstract int CostOfNext(ReadOnlySpan<byte> bytes, out int length);
}
