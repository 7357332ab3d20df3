using CsCheck;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>How many random cases a property is tried with.</summary>
internal static class Cases
{
    /// <summary>Unless the environment variable <c>CsCheck_Iter</c> asks for more.</summary>
    public const int Count = 10_000;

    /// <summary>Holds for all of them, or fails with the smallest that was found.</summary>
    public static void HoldFor<T>(Gen<T> gen, Action<T> property) => gen.Sample(property, iter: Math.Max(Count, Check.Iter));

    /// <inheritdoc cref="HoldFor{T}(Gen{T}, Action{T})"/>
    public static void HoldFor<T1, T2>(Gen<(T1 One, T2 Two)> gen, Action<T1, T2> property) => HoldFor(gen, both => property(both.One, both.Two));

    /// <inheritdoc cref="HoldFor{T}(Gen{T}, Action{T})"/>
    public static void HoldFor<T1, T2, T3>(Gen<(T1 One, T2 Two, T3 Three)> gen, Action<T1, T2, T3> property) =>
        HoldFor(gen, all => property(all.One, all.Two, all.Three));
}
