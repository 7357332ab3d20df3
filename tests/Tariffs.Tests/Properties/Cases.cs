using CsCheck;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>How many random cases a property is tried with.</summary>
internal static class Cases
{
    /// <summary>Unless the environment variable <c>CsCheck_Iter</c> asks for more.</summary>
    public const int Count = 10_000;

    /// <summary>Holds for all of them, or fails with the smallest that was found.</summary>
    public static void HoldFor<T>(Gen<T> gen, Action<T> property) => gen.Sample(property, iter: Math.Max(Count, (int)Check.Iter));
}
