using System.Net;

namespace Parking.Api.Simulation;

/// <summary>Where a simulation may listen: where nobody but programs of this machine can reach it.</summary>
internal static class LoopbackAddresses
{
    /// <summary>Where it listens unless something else is said: on a port that the system chooses.</summary>
    public const string Default = "http://127.0.0.1:0";

    private const string Remedy = $"A simulation listens on the loopback address only: give --urls {Default}, or another port of it.";

    private static readonly string[] PortSettings = [WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>Every configured address that others could reach.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(url => !IsLoopback(url)))
        {
            yield return $"{WebHostDefaults.ServerUrlsKey} has {url}. {Remedy}";
        }

        // Ports alone mean every address of the machine; they count only where no addresses are given.
        foreach (var setting in PortSettings.Where(setting => urls.Length == 0 && !string.IsNullOrEmpty(configuration[setting])))
        {
            yield return $"{setting} is set, which listens on every address. {Remedy}";
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren().Where(endpoint => !IsLoopback(endpoint["Url"] ?? "")))
        {
            yield return $"{endpoint.Path}:Url is {endpoint["Url"]}. {Remedy}";
        }
    }

    private static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe
                || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
