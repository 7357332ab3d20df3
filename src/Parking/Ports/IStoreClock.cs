using NodaTime;

namespace Parking.Ports;

/// <summary>The live store's own clock, which all instances of the service have in common.</summary>
public interface IStoreClock
{
    /// <summary>How far the service's clock may be from the store's: instances share what expires.</summary>
    static readonly Duration Tolerance = Duration.FromSeconds(1);

    /// <summary>Reads it, to the microsecond; null for a store in this process, which has no clock of its own.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    Task<Instant?> ReadAsync();
}
