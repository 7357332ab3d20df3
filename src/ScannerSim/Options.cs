using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Simulation.Service;

namespace Parking.ScannerSim;

/// <summary>Option values that several commands read alike.</summary>
internal static class Options
{
    /// <summary>The address of a service: http or https, without a path of its own.</summary>
    public static Uri? ParseApi(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.AbsolutePath == "/" && address.Query.Length == 0)
        {
            return address;
        }
        result.AddError("--api must be the address of a service, such as http://localhost:5080.");
        return null;
    }

    /// <summary>A whole number within bounds, both inclusive.</summary>
    public static Option<long> Number(string name, string description, long usual, long least, long most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result => ParseNumber(result, name, least, most),
    };

    /// <summary>The same, which need not be given.</summary>
    public static Option<long?> OptionalNumber(string name, string description, long least, long most) => new(name)
    {
        Description = description,
        CustomParser = result => ParseNumber(result, name, least, most),
    };

    /// <summary>What a service that the command starts runs on.</summary>
    public static Option<StoreKind> Store(string description)
    {
        var store = new Option<StoreKind>("--store")
        {
            Description = description,
            HelpName = "auto|redis|embedded",
            DefaultValueFactory = _ => StoreKind.Auto,
        };
        store.AcceptOnlyFromAmong("auto", "redis", "embedded");
        return store;
    }

    private static long ParseNumber(ArgumentResult result, string name, long least, long most)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }
        result.AddError($"{name} must be from {least} to {most}.");
        return least;
    }
}
