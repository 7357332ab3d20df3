using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>The course of a driver's visit to one gate.</summary>
/// <param name="First">The refused code that is shown first; null if the correct code is shown at once.</param>
/// <param name="FindsCodeAfter">How long the driver then looks for the correct code, in milliseconds.</param>
/// <param name="GivesUp">Whether the driver does not find the correct code and leaves.</param>
/// <param name="BacksOut">Whether the vehicle backs out of the open barrier.</param>
/// <param name="IsCopied">Whether another driver shows a picture of the same code.</param>
internal readonly record struct GateCall(ShownCode? First, long FindsCodeAfter, bool GivesUp, bool BacksOut, bool IsCopied)
{
    private const double GivesUpShare = 0.15;
    private const long Quickest = 10_000, Slowest = 25_000;

    /// <summary>
    /// Draws a visit. Always draws the same random numbers, so that changing one share does not change the other results.
    /// </summary>
    public static GateCall Draw(SeededRandom random, VisitShares shares, bool isEntry)
    {
        var first = ChooseFirst(random.NextUnit(), shares);
        var findsAfter = Quickest + random.Below((int)(Slowest - Quickest));
        var givesUp = random.Chance(GivesUpShare) && isEntry;
        var backsOut = random.Chance(shares.BackedOut);
        var isCopied = random.Chance(shares.UsedTwice) && isEntry && !backsOut;
        return new GateCall(first, first is null ? 0 : findsAfter, first is not null && givesUp, backsOut, isCopied);
    }

    private static ShownCode? ChooseFirst(double at, VisitShares shares)
    {
        foreach (var (share, code) in new ReadOnlySpan<(double Share, ShownCode Code)>(
            [
                (shares.Expired, ShownCode.Expired), (shares.Forged, ShownCode.Forged), (shares.Damaged, ShownCode.Damaged),
                (shares.Foreign, ShownCode.Foreign)]))
        {
            if (at < share)
            {
                return code;
            }
            at -= share;
        }
        return null;
    }
}
