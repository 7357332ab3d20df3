namespace Parking.Api.LiveStore;

/// <summary>The live store cannot be reached, or is not fit to keep what it is given. Answered with 503 and Retry-After.</summary>
internal sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }
}
