using CsCheck;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What a random value is made from.</summary>
internal sealed class Draw(PCG source)
{
    /// <summary>A number, both ends inclusive.</summary>
    public int Int(int from, int to) => from + (int)source.Next((uint)(to - from + 1));

    /// <summary>A number, both ends inclusive.</summary>
    public long Long(long from, long to) => from + (long)source.Next64((ulong)(to - from + 1));

    public bool Chance(int percent) => Int(0, 99) < percent;

    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[Int(0, choices.Length - 1)];

    /// <summary>Some of them, at least so many, in their order.</summary>
    public List<T> Some<T>(int atLeast, params IReadOnlyList<T> choices)
    {
        var left = choices.ToList();
        for (var remove = Int(0, choices.Count - atLeast); remove > 0; remove--)
        {
            left.RemoveAt(Int(0, left.Count - 1));
        }

        return left;
    }
}
