using System.Security.Cryptography;

namespace Parking.GateProgram;

/// <summary>Names for journals: 16 lowercase hexadecimal digits.</summary>
public static class JournalIds
{
    public const int Length = 16;

    /// <summary>A random one.</summary>
    public static string CreateRandom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));
}
