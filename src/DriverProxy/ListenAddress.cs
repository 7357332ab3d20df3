using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Parking.DriverProxy;

/// <summary>The address at which phones open the drivers' page: an origin that browsers take for secure.</summary>
/// <param name="Origin">Scheme, host and port as browsers see them, with the path <c>/</c>.</param>
public sealed record ListenAddress(Uri Origin)
{
    /// <summary>Whether it needs a certificate. Only a loopback address does without: <c>http</c> there is secure to a browser.</summary>
    public bool IsEncrypted => Origin.Scheme == Uri.UriSchemeHttps;

    /// <summary>The host as a certificate names it: a name, or an IP address without brackets.</summary>
    public string Host => Origin.IdnHost;

    /// <summary>The address of this machine to listen on; null: every one, since the host is a name.</summary>
    internal IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>The origin as browsers write it in the header <c>Origin</c>.</summary>
    internal string Text => $"{Origin.Scheme}://{Authority}";

    /// <summary>Host and port as browsers write them in the header <c>Host</c>: a name of other letters in Punycode (RFC 3492).</summary>
    internal string Authority
    {
        get
        {
            var host = Origin.HostNameType == UriHostNameType.IPv6 ? Origin.Host : Origin.IdnHost;
            return Origin.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{Origin.Port}");
        }
    }

    /// <summary>Reads an address; without a scheme it is <c>https</c>.</summary>
    /// <param name="text">Such as <c>https://192.168.1.20:8443</c> or <c>pc.local:8443</c>.</param>
    /// <param name="address">What was read.</param>
    /// <param name="fault">What is wrong with it, for a person to read.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var origin)
            || (origin.Scheme != Uri.UriSchemeHttps && origin.Scheme != Uri.UriSchemeHttp)
            || origin.PathAndQuery != "/" || origin.Fragment.Length > 0 || origin.UserInfo.Length > 0 || origin.Port == 0)
        {
            fault = "must be the address that phones open, without a path, such as https://192.168.1.20:8443.";
            return false;
        }
        var found = new ListenAddress(origin);
        fault = found.Address is { } ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? $"has {origin.Host}, which no phone can open: give this machine's address in the network, or its name."
            : !found.IsEncrypted && !origin.IsLoopback
            ? "may have http on a loopback address only: a browser lets a page without https neither make keys nor be kept on the phone."
            : null;
        address = fault is null ? found : null;
        return fault is null;
    }

    public override string ToString() => Text;
}
