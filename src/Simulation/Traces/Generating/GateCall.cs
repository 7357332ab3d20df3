using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>How a driver's visit to one gate goes.</summary>
/// <param name="First">What is shown before the right code, and refused; null: the right one is shown at once.</param>
/// <param name="FindsCodeAfter">How long the driver then looks for the right code, in milliseconds.</param>
/// <param name="GivesUp">The driver does not find it and leaves.</param>
/// <param name="BacksOut">The vehicle goes back from the open barrier.</param>
/// <param name="IsCopied">Somebody behind shows a picture of the same code.</param>
internal readonly record struct GateCall(ShownCode? First, long FindsCodeAfter, bool GivesUp, bool BacksOut, bool IsCopied)
{
    private const double GivesUpShare = 0.15;
    private const long Quickest = 10_000, Slowest = 25_000;

    /// <summary>Draws one. Everything is drawn, whether it is used or not, so that a share that is changed changes nothing else.</summary>
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
