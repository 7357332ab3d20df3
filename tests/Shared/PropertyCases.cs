using System.Runtime.CompilerServices;
using CsCheck;

namespace Parking.Tests;

/// <summary>
/// Tries a property with random cases, by CsCheck, on one thread: the test classes share out the cores between them. The cases follow
/// from the run's seed and the test's name. A failure names the smallest case that was found and CsCheck's seed of it:
/// <c>CsCheck_Seed</c> begins with that case.
/// </summary>
internal static class PropertyCases
{
    /// <summary>The property holds for all cases, or the test fails.</summary>
    public static void SampleCases<T>(
        this Gen<T> gen, int cases, Action<T> property, Func<T, string>? print = null, [CallerMemberName] string label = "")
    {
        if (Check.Seed is not null)
        {
            gen.Sample(property, iter: cases, threads: 1, print: print);
            return;
        }

        var pcg = RunSeed.PcgFor(label);
        for (var i = 0; i < cases; i++)
        {
            var seed = pcg.ToString();
            try
            {
                property(gen.Generate(pcg, null, out _));
            }
            catch
            {
                // CsCheck fails with the same case again and looks for smaller ones. A race may not fail again: then this failure stands.
                gen.Sample(property, seed: seed, iter: cases, threads: 1, print: print);
                throw;
            }
        }
    }

    /// <inheritdoc cref="SampleCases{T}(Gen{T}, int, Action{T}, Func{T, string}, string)"/>
    public static void SampleCases<T1, T2>(
        this Gen<(T1, T2)> gen,
        int cases,
        Action<T1, T2> property,
        Func<(T1, T2), string>? print = null,
        [CallerMemberName] string label = "") =>
        gen.SampleCases(cases, all => property(all.Item1, all.Item2), print, label);

    /// <inheritdoc cref="SampleCases{T}(Gen{T}, int, Action{T}, Func{T, string}, string)"/>
    public static void SampleCases<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen, int cases, Action<T1, T2, T3> property, [CallerMemberName] string label = "") =>
        gen.SampleCases(cases, all => property(all.Item1, all.Item2, all.Item3), label: label);

    /// <inheritdoc cref="SampleCases{T}(Gen{T}, int, Action{T}, Func{T, string}, string)"/>
    public static void SampleCases<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, int cases, Action<T1, T2, T3, T4> property, [CallerMemberName] string label = "") =>
        gen.SampleCases(cases, all => property(all.Item1, all.Item2, all.Item3, all.Item4), label: label);

    /// <inheritdoc cref="SampleCases{T}(Gen{T}, int, Action{T}, Func{T, string}, string)"/>
    public static async Task SampleCasesAsync<T>(this Gen<T> gen, int cases, Func<T, Task> property, [CallerMemberName] string label = "")
    {
        if (Check.Seed is not null)
        {
            await gen.SampleAsync(property, iter: cases, threads: 1);
            return;
        }

        var pcg = RunSeed.PcgFor(label);
        for (var i = 0; i < cases; i++)
        {
            var seed = pcg.ToString();
            try
            {
                await property(gen.Generate(pcg, null, out _));
            }
            catch
            {
                await gen.SampleAsync(property, seed: seed, iter: cases, threads: 1);
                throw;
            }
        }
    }

    /// <inheritdoc cref="SampleCasesAsync{T}(Gen{T}, int, Func{T, Task}, string)"/>
    public static Task SampleCasesAsync<T1, T2>(
        this Gen<(T1, T2)> gen, int cases, Func<T1, T2, Task> property, [CallerMemberName] string label = "") =>
        gen.SampleCasesAsync(cases, all => property(all.Item1, all.Item2), label);
}
