using System.Security.Cryptography;
using Parking.ScannerSim.Optics;

namespace Parking.ScannerSim.Gates;

/// <summary>Names for journals: 16 lowercase hexadecimal digits.</summary>
internal static class JournalIds
{
    /// <summary>A random one, for a gate that meets a service which may have met it before.</summary>
    public static string CreateRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The one of this seed and gate, for a service that starts empty.</summary>
    public static string CreateSeeded(long seed, string gate) => new SeededRandom(seed, $"journal {gate}", 0).NextBits().ToString("x16");
}
