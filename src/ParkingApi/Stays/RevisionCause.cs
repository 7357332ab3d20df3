namespace Parking.Api.Stays;

/// <summary>What made a stay change. The names are public: they may only ever be added to.</summary>
internal enum RevisionCause
{
    /// <summary>A scan that the service decided.</summary>
    Scan = 1,

    /// <summary>A scan that a gate had decided alone.</summary>
    LateScan = 2,

    /// <summary>The barrier opened.</summary>
    Opened = 3,

    /// <summary>The barrier stayed shut.</summary>
    StayedShut = 4,

    /// <summary>The vehicle went through.</summary>
    Passed = 5,

    /// <summary>The vehicle went back.</summary>
    BackedOut = 6,

    /// <summary>A person opened the barrier.</summary>
    OpenedByHand = 7,

    /// <summary>Somebody looked.</summary>
    Inventory = 8,
}
