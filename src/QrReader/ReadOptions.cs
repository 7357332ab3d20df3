namespace Parking.QrReader;

/// <summary>How a frame is read. The default value reads it thoroughly, and knows nothing of earlier frames.</summary>
public readonly record struct ReadOptions
{
    /// <summary>What a frame may cost where nothing else is said: so many looks a pixel, and at least so many.</summary>
    private const long EffortPerPixel = 8, LeastEffort = 2_000_000;

    /// <summary>
    /// What the frame may cost, in looks at a point of it or what takes as long: 1 or more; 0, the default, for eight looks a pixel and at least two
    /// million. The count does not depend on the machine or its load: a frame is read with a given effort, or it is not. What is under way when it
    /// is spent is finished: a view, a quarter of a look for each pixel, and an attempt at a symbol, up to 1.5 million looks in version 40
    /// and a tenth of that in version 7.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
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
    /// What was read in an earlier frame of the same camera. The symbol is then looked for around that place first, with up to a quarter of the
    /// effort: most of the frame need not be looked at. Where it is not there, the whole frame is searched with the rest.
    /// </summary>
    public SymbolReading? Previous { get; init; }

    internal long EffortFor(GreyFrame frame) =>
        Effort > 0 ? Effort : Math.Max(LeastEffort, frame.Width * frame.Height * EffortPerPixel);
}
