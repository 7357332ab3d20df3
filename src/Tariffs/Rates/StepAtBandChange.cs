namespace Parking.Tariffs.Rates;

/// <summary>What becomes of a step that a band change falls into (rule 12).</summary>
public enum StepAtBandChange
{
    /// <summary>It ends at the change and is charged whole. Not together with <see cref="LadderAtBandChange.Continues"/>.</summary>
    EndsWhole,

    /// <summary>It ends at the change and costs its share.</summary>
    Split,

    /// <summary>It runs to its end at the price of the band it began in.</summary>
    RunsOn,
}
