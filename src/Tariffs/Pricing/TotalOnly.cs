using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>Ignores everything, for callers that need only the price.</summary>
internal readonly struct TotalOnly : IChargeSink
{
    public void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, bool isShare, Int128 amount)
    {
    }

    public void Cut(QuoteLineKind kind, CompiledBand? band, long from, long to, Int128 cap, Int128 amount)
    {
    }
}
