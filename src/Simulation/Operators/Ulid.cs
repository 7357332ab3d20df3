namespace Parking.Simulation.Operators;

/// <summary>Draws ULIDs: a time in milliseconds and 80 random bits, as 26 digits of Crockford's Base32.</summary>
internal static class Ulid
{
    /// <summary>How many random bytes an id has.</summary>
    public const int RandomSize = 10;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26, BitsOfDigit = 5;

    /// <param name="at">Its time.</param>
    /// <param name="random"><see cref="RandomSize"/> random bytes.</param>
    public static string Draw(DateTimeOffset at, ReadOnlySpan<byte> random)
    {
        UInt128 value = (ulong)at.ToUnixTimeMilliseconds();
        foreach (var one in random[..RandomSize])
        {
            value = (value << 8) | one;
        }
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, value >>= BitsOfDigit)
        {
            text[i] = Digits[(int)(value & 31)];
        }
        return new string(text);
    }
}
