namespace Parking.Simulation.Service;

/// <summary>How a service is to be started.</summary>
/// <param name="DataFolder">Its data folder.</param>
/// <param name="Configuration">Further configuration values, by their full name.</param>
internal sealed record ServiceLaunch(string DataFolder, IReadOnlyDictionary<string, string> Configuration)
{
    /// <summary>The environment, which settles where its secrets come from and whose time it lives in.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Where it is to listen. Port 0: the system picks a free one.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:0");

    /// <summary>What has to be answered for it to have started: that it can serve requests, or merely that it lives.</summary>
    public string HealthPath { get; init; } = "/health/ready";
}
