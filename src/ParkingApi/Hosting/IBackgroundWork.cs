using Parking.Ports;

namespace Parking.Api.Hosting;

/// <summary>Something that the service does by and by. In a simulation it can be asked to have done it now.</summary>
internal interface IBackgroundWork
{
    /// <summary>Does everything that is left to do, whether or not its time has come. It may run beside its own timer, but not beside requests.</summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach, so something is left.</exception>
    Task CatchUpAsync(CancellationToken cancellationToken);
}
