namespace Parking.Simulation.Clients;

/// <summary>Makes the HTTP clients that reach the service.</summary>
public static class ServiceClient
{
    /// <summary>A client for many callers at once. A service on this machine is never reached through a proxy.</summary>
    public static HttpClient Create(Uri baseAddress) => new(CreateHandler(baseAddress)) { BaseAddress = baseAddress };

    /// <summary>What such a client sends with, for one that puts something in between.</summary>
    public static SocketsHttpHandler CreateHandler(Uri baseAddress) => new()
    {
        UseProxy = !baseAddress.IsLoopback,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
