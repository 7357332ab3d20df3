namespace Parking.QrReader;

/// <summary>How a frame is read. The default value reads thoroughly, without an earlier reading.</summary>
public readonly record struct ReadOptions
{
    /// <summary>The default effort: looks per pixel, and the minimum.</summary>
    private const long EffortPerPixel = 8, LeastEffort = 2_000_000;

    /// <summary>
    /// The largest cost of the frame in looks. A look samples one point of the frame or takes as long. 0, the default, means eight looks
    /// per pixel and at least two million. The cost does not depend on the machine or its load, so the same frame with the same effort
    /// always gives the same result. When the effort is spent, the step in progress is finished: a view (a quarter of a look for each
    /// pixel), or an attempt at a symbol (up to 1.5 million looks in version 40 and a tenth of that in version 7).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long Effort
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Effort));
            field = value;
        }
    }

    /// <summary>
    /// A reading from an earlier frame of the same camera. The reader first searches around that place, with up to a quarter of the effort.
    /// If the symbol is not there, it searches the whole frame with the rest.
    /// </summary>
    public SymbolReading? Previous { get; init; }

    internal long EffortFor(GreyFrame frame) =>
        Effort > 0 ? Effort : Math.Max(LeastEffort, frame.Width * frame.Height * EffortPerPixel);
}
