namespace Parking.Tariffs.Rates;

/// <summary>The position on the ladder after a band change (rule 11).</summary>
public enum LadderAtBandChange
{
    /// <summary>The ladder begins again.</summary>
    Restarts,

    /// <summary>The ladder continues at the time since the chargeable start.</summary>
    Continues,
}
