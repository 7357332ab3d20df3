namespace Parking.Simulation.Service;

/// <summary>A process that is needed did not come up, or ended. The message says what to do, for a person to read.</summary>
public sealed class ServiceStartException : Exception
{
    public ServiceStartException(string message)
        : base(message)
    {
    }

    public ServiceStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
