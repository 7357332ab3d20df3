using System.Net;

namespace Parking.Api.Hosting;

/// <summary>The addresses on which a simulation may listen: only programs on this machine can reach them.</summary>
internal static class LoopbackAddresses
{
    /// <summary>The default address, on a port that the operating system chooses.</summary>
    public const string Default = "http://127.0.0.1:0";

    private const string Remedy = $"A simulation listens on the loopback address only: give --urls {Default}, or another port of it.";

    private static readonly string[] PortSettings = [WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>An error for each configured address that other machines could reach.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        var each = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in each.Where(url => !IsLoopback(url)))
        {
            yield return $"{WebHostDefaults.ServerUrlsKey} has {url}. {Remedy}";
        }

        // A port alone means every address of the machine. The host ignores ports if addresses are given.
        foreach (var setting in PortSettings.Where(setting => urls.Length == 0 && !string.IsNullOrEmpty(configuration[setting])))
        {
            yield return $"{setting} is set, which listens on every address. {Remedy}";
        }

        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren();
        foreach (var endpoint in endpoints.Where(endpoint => !IsLoopback(endpoint["Url"] ?? "")))
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
