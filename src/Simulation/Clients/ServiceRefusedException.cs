namespace Parking.Simulation.Clients;

/// <summary>The service did not do what a phone or an operator asked. The message says what was asked and what came back, without secrets.</summary>
public sealed class ServiceRefusedException : Exception
{
    public ServiceRefusedException(string message)
        : base(message)
    {
    }

    public ServiceRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
