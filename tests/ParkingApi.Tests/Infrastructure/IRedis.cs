namespace Parking.Api.Tests.Infrastructure;

/// <summary>A Redis of the tests' own, one process or several.</summary>
public interface IRedis : IAsyncDisposable
{
    /// <summary>Ends it at once, without a chance to write anything (SIGKILL).</summary>
    Task KillAsync();

    /// <summary>Starts it, again where it was if it was started before, and waits until it has loaded what it had.</summary>
    Task StartAsync();
}
