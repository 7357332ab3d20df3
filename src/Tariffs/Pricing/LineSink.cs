using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>Collects charges and cuts, and joins contiguous equal charges.</summary>
internal readonly struct LineSink() : IChargeSink
{
    /// <summary>The index in <see cref="Cuts"/> of the last cut of each cap, counted from 1.</summary>
    private readonly int[] _lastOfKind = new int[QuoteLineKind.StayCap - QuoteLineKind.BandCap + 1];

    public List<ChargedRun> Charges { get; } = [];

    public List<CutWindow> Cuts { get; } = [];

    public void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, bool isShare, Int128 amount)
    {
        if (Charges.Count > 0)
        {
            var before = Charges[^1];
            if (before.Band == band && before.Line == line && before.To == from && before.IsShare == isShare
                && (!isShare || line!.IsProRata))
            {
                Charges[^1] = before with { To = to, Count = before.Count + count, Amount = before.Amount + amount };
                return;
            }
        }

        Charges.Add(new(band, line, from, to, count, isShare, amount));
    }

    public void Cut(QuoteLineKind kind, CompiledBand? band, long from, long to, Int128 cap, Int128 amount)
    {
        // Windows of one cap are ordered: if this window was cut before, it is the last of its kind.
        ref var last = ref _lastOfKind[kind - QuoteLineKind.BandCap];
        if (last > 0 && Cuts[last - 1].From == from)
        {
            Cuts[last - 1] = Cuts[last - 1] with { Amount = Cuts[last - 1].Amount + amount };
            return;
        }

        last = Cuts.Count + 1;
        Cuts.Add(new(kind, band, from, to, cap, amount));
    }
}

/// <summary>Contiguous equal charges: steps of one line, flat rates of consecutive days, or time.</summary>
internal readonly record struct ChargedRun(
    CompiledBand Band, CompiledLine? Line, long From, long To, long Count, bool IsShare, Int128 Amount);

/// <summary>The amount that a cap cut in one of its windows.</summary>
internal readonly record struct CutWindow(QuoteLineKind Kind, CompiledBand? Band, long From, long To, Int128 Cap, Int128 Amount);
