using System.CommandLine.Parsing;

namespace Parking.ScannerSim;

/// <summary>Option values that several commands read alike.</summary>
internal static class Options
{
    /// <summary>The address of a service: http or https, without a path of its own.</summary>
    public static Uri? ParseApi(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.AbsolutePath == "/" && address.Query.Length == 0)
        {
            return address;
        }
        result.AddError("--api must be the address of a service, such as http://localhost:5080.");
        return null;
    }
}
