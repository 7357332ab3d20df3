using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Simulation.Service;

namespace Parking.ScannerSim;

/// <summary>Options that several commands have in common.</summary>
internal static class Options
{
    /// <summary>
    /// Whether an option is on the command line. Validators use this and <see cref="TryRead"/>: to read a missing value throws.
    /// </summary>
    public static bool IsGiven(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>
    /// Reads a value in a validator. False where it is missing or wrong: that is refused with a message of its own.
    /// </summary>
    public static bool TryRead<T>(this CommandResult result, Option<T> option, out T? value)
    {
        try
        {
            value = result.GetValue(option);
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>Parses the address of a service: http or https, without a path.</summary>
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

    /// <summary>An option for a whole number within bounds, both inclusive.</summary>
    public static Option<long> Number(string name, string description, long usual, long least, long most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result => ParseNumber(result, name, least, most),
    };

    /// <summary>An option for a whole number within bounds, without a default.</summary>
    public static Option<long?> OptionalNumber(string name, string description, long least, long most) => new(name)
    {
        Description = description,
        CustomParser = result => ParseNumber(result, name, least, most),
    };

    /// <summary>The option for the store of a service that the command starts.</summary>
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
