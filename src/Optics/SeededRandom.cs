using System.Text;

namespace Parking.Optics;

/// <summary>
/// Random numbers that depend only on the seed, not on the machine or the runtime: SplitMix64 (Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", 2014). Streams with different labels or indices are independent.
/// </summary>
public sealed class SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private const int MaxLabelBytes = 512;

    private ulong _state;

    public SeededRandom(long seed, string label, int index)
    {
        unchecked
        {
            _state = Mix((ulong)seed + GoldenGamma);
            Span<byte> bytes = stackalloc byte[MaxLabelBytes];
            foreach (var value in bytes[..Encoding.UTF8.GetBytes(label, bytes)])
            {
                _state = Mix(_state ^ value);
            }
            _state = Mix(_state + (ulong)index);
        }
    }

    public ulong NextBits()
    {
        unchecked
        {
            _state += GoldenGamma;
            return Mix(_state);
        }
    }

    /// <summary>A number from <paramref name="low"/> up to, but not including, <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * ((NextBits() >> 40) / (float)(1 << 24)));

    /// <summary>A whole number from 0 up to, but not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns true with this probability, 0 to 1.</summary>
    public bool Chance(double share) => NextUnit() < share;

    /// <summary>
    /// An approximately normal number of mean 0 and standard deviation 1: the sum of eight bytes. The approximation is good up to four
    /// standard deviations.
    /// </summary>
    public float NextBell()
    {
        const float Mean = 8 * 127.5f, Deviation = 209.02153f;
        var bits = NextBits();
        // Add the bytes in parallel: four sums of two bytes, then two sums of four, then one sum of eight.
        bits = (bits & 0x00FF00FF00FF00FF) + ((bits >> 8) & 0x00FF00FF00FF00FF);
        bits = (bits & 0x0000FFFF0000FFFF) + ((bits >> 16) & 0x0000FFFF0000FFFF);
        var sum = (bits & 0xFFFFFFFF) + (bits >> 32);
        return (sum - Mean) / Deviation;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
