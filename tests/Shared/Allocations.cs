namespace Parking.Tests;

/// <summary>Measures what code allocates.</summary>
internal static class Allocations
{
    private const int Runs = 5;

    /// <summary>The fewest bytes that <paramref name="act"/> allocates on this thread in several runs.</summary>
    /// <remarks>
    /// A collection, which a test on another thread may cause, counts the unused rest of this thread's allocation buffer (up to 8 KiB) as
    /// allocated. What the code itself allocates, it allocates in every run, so the fewest bytes are the code's own.
    /// </remarks>
    public static long Of(Action act)
    {
        var fewest = long.MaxValue;
        for (var run = 0; run < Runs && fewest > 0; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
