namespace Parking.Simulation.Service;

/// <summary>A process that is needed did not start, or ended. The message tells a person what to do.</summary>
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
