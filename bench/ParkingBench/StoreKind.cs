namespace Parking.Bench;

/// <summary>The two implementations of the live store.</summary>
public enum StoreKind
{
    /// <summary>SQLite, in a folder of the run's own.</summary>
    Embedded,

    /// <summary>A redis-server of the run's own, which writes to its disk before it answers.</summary>
    Redis,
}
