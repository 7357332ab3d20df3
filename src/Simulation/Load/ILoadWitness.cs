using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>Looks at the service from outside during a load, as a person before a page does.</summary>
public interface ILoadWitness
{
    /// <summary>Begins to look: the service is ready and knows its gates, and no driver has come yet.</summary>
    /// <param name="service">The service's address.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    Task ArriveAsync(Uri service, CancellationToken cancellationToken);

    /// <summary>The measuring begins.</summary>
    Task BeginAsync();

    /// <summary>A gate has let a vehicle in or out just now, and the service counts it. May be called from any thread.</summary>
    /// <param name="facility">The facility's id.</param>
    /// <param name="direction">In or out.</param>
    /// <param name="within">The time since the code was shown. The service has counted the vehicle some time within it.</param>
    void Counted(string facility, GateDirection direction, TimeSpan within);

    /// <summary>The measuring ends.</summary>
    Task EndAsync();
}
