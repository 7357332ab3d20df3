using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>Receives everything that the walk charges and cuts. With <see cref="TotalOnly"/> the calls compile to nothing.</summary>
internal interface IChargeSink
{
    /// <summary>Receives a charge before caps.</summary>
    /// <param name="band">The band, or overstay.</param>
    /// <param name="line">The line; null for a flat rate.</param>
    /// <param name="from">The start, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="count">The number of steps or flat rates, or of seconds if <paramref name="isShare"/>.</param>
    /// <param name="isShare">Whether seconds were charged.</param>
    /// <param name="amount">The amount, in units.</param>
    void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, bool isShare, Int128 amount);

    /// <summary>Receives an amount that a cap cut from the last charge.</summary>
    /// <param name="kind">The kind of cap.</param>
    /// <param name="band">The band, for its own cap.</param>
    /// <param name="from">The start of the cap's window.</param>
    /// <param name="to">The end of the window.</param>
    /// <param name="cap">The cap's value, in units.</param>
    /// <param name="amount">The amount cut, in units: positive.</param>
    void Cut(QuoteLineKind kind, CompiledBand? band, long from, long to, Int128 cap, Int128 amount);
}

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
