namespace Parking.Ports;

/// <summary>Whether the live store can be used, and which of its lives this is.</summary>
public interface IStoreHealth
{
    /// <summary>Asks the store for a sign of life.</summary>
    /// <exception cref="StoreUnavailableException">The store gave none, or it is not fit to keep what it is given.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Names this life of the store, in 8 hexadecimal digits. Another name means that the store was started anew and may have lost its last
    /// moments. Asks the store nothing while the connection to it holds, so it may still name a store that went away a moment ago.
    /// </summary>
    Task<string> EpochAsync();
}

/// <summary>The live store cannot be reached, or is not fit to keep what it is given. Answered with 503 and Retry-After.</summary>
public class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>The live store answers, and does not accept the service's credentials: waiting does not help.</summary>
public sealed class StoreRefusedException(string message, Exception inner) : StoreUnavailableException(message, inner);
