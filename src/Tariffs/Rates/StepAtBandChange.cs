namespace Parking.Tariffs.Rates;

/// <summary>How a step is charged that a band change divides (rule 12).</summary>
public enum StepAtBandChange
{
    /// <summary>It ends at the change and is charged whole. Not allowed with <see cref="LadderAtBandChange.Continues"/>.</summary>
    EndsWhole,

    /// <summary>It ends at the change and costs its share.</summary>
    Split,

    /// <summary>It continues to its end at the price of the band in which it began.</summary>
    RunsOn,
}
