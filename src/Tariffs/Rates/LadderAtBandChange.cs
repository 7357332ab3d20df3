namespace Parking.Tariffs.Rates;

/// <summary>Where on its ladder a driver is after a band change (rule 11).</summary>
public enum LadderAtBandChange
{
    /// <summary>At its beginning.</summary>
    Restarts,

    /// <summary>Where the time since the chargeable start puts him.</summary>
    Continues,
}
