using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>For whoever asks for the price alone.</summary>
internal readonly struct TotalOnly : IChargeSink
{
    public void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, bool isShare, Int128 amount)
    {
    }

    public void Cut(QuoteLineKind kind, CompiledBand? band, long from, long to, Int128 cap, Int128 amount)
    {
    }
}
