namespace Parking.QrReader;

/// <summary>How a frame is read. The default value reads it thoroughly, and knows nothing of earlier frames.</summary>
public readonly record struct ReadOptions
{
    /// <summary>Looks at a pixel that a small frame may cost.</summary>
    private const long LeastEffort = 2_000_000;

    private const int EffortPerPixel = 8;

    /// <summary>
    /// What the frame may cost, counted in looks at a point of it, about 8 ns each; 0 for eight looks a pixel, and at least two million.
    /// The count does not depend on the machine or its load: a frame is read with a given effort, or is not. The attempt that is under way when
    /// it is spent is finished, which is two million looks more at most (a symbol of version 40), and a few hundred thousand for most symbols.
    /// </summary>
    public long Effort { get; init; }

    /// <summary>
    /// What was read in an earlier frame of the same camera. The symbol is then looked for around that place first, which takes a fraction of
    /// the time; where it is not there, the whole frame is searched as without it.
    /// </summary>
    public SymbolReading? Previous { get; init; }

    internal long EffortFor(GreyFrame frame) =>
        Effort > 0 ? Effort : Math.Max(LeastEffort, (long)frame.Width * frame.Height * EffortPerPixel);
}
