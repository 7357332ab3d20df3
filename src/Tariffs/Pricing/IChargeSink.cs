using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Pricing;

/// <summary>Told of everything that the walk charges and cuts. With <see cref="TotalOnly"/> the telling compiles to nothing.</summary>
internal interface IChargeSink
{
    /// <summary>Charged before caps.</summary>
    /// <param name="band">In which band, or overstay.</param>
    /// <param name="line">By which line; null for a flat rate.</param>
    /// <param name="from">From when, inclusive.</param>
    /// <param name="to">To when, exclusive.</param>
    /// <param name="count">How many: steps, flat rates, or seconds where <paramref name="isShare"/>.</param>
    /// <param name="isShare">Whether it is seconds that were charged.</param>
    /// <param name="amount">In units.</param>
    void Charge(CompiledBand band, CompiledLine? line, long from, long to, long count, bool isShare, Int128 amount);

    /// <summary>Cut by a cap, from what was told last.</summary>
    /// <param name="kind">Which cap.</param>
    /// <param name="band">The band, for its own cap.</param>
    /// <param name="from">Where the cap's window begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="cap">Its value, in units.</param>
    /// <param name="amount">What was cut, in units: positive.</param>
    void Cut(QuoteLineKind kind, CompiledBand? band, long from, long to, Int128 cap, Int128 amount);
}
