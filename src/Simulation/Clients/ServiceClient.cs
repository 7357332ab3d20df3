namespace Parking.Simulation.Clients;

/// <summary>Creates the HTTP clients that call the service.</summary>
public static class ServiceClient
{
    /// <summary>A client for many concurrent callers. A service on this machine is called without a proxy.</summary>
    public static HttpClient Create(Uri baseAddress) => new(CreateHandler(baseAddress)) { BaseAddress = baseAddress };

    /// <summary>The handler of such a client, for callers that wrap it.</summary>
    public static SocketsHttpHandler CreateHandler(Uri baseAddress) => new()
    {
        UseProxy = !baseAddress.IsLoopback,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
