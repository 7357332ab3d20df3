using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Extensions;
using Parking.ScannerSim.Gates;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Credentials;

/// <summary>The commands <c>token</c> and <c>gate-key</c>: what curl and other programs need to call a Development service.</summary>
internal static partial class CredentialCommands
{
    private const string UsualSettings = "src/ParkingApi/App_Data/development.json";

    private const string TokenDescription = $"""
        Write a person's token for a service that runs in Development, for the header Authorization: Bearer.

        The key that signs it is in the service's settings file. Nothing else is written to standard output. Whoever has the token is that
        person until it ends, so do not put it into files or logs. It ends after an hour; with duties after 15 minutes, which is the longest
        that the service accepts.

        Duties are watch, operate, money and admin, each @city, @district:ID or @facility:ID.

        Exits with 0; with 2 if the settings file cannot be used.

        Examples:
          token --citizen wang-fang
          token --duty operate@district:huangpu --duty money@district:huangpu --name li-na
          curl -s -X POST -H "Authorization: Bearer $(dotnet run --project src/ScannerSim -- token --citizen wang-fang)" \
            http://127.0.0.1:5080/v1/codes
        """;

    private const string GateKeyDescription = $"""
        Write a gate's key, for the header Authorization: Gate.

        The keys are in the settings file of a service that runs in Development. Nothing else is written to standard output.

        Exits with 0; with 2 if the settings file cannot be used or has no key for this gate.

        Examples:
          gate-key --gate hsp-in-1
          curl -s -H "Authorization: Gate $(dotnet run --project src/ScannerSim -- gate-key --gate hsp-in-1)" \
            http://127.0.0.1:5080/v1/gates/hsp-in-1/feed
        """;

    private static readonly Duration CitizenLifetime = Duration.FromHours(1);

    public static Command CreateToken(TimeProvider time)
    {
        var citizen = new Option<string?>("--citizen") { Description = "The citizen code to sign for: any text.", HelpName = "CODE" };
        var duties = new Option<string[]>("--duty")
        {
            Description = "Sign for an operator with this duty, such as operate@city. May be given several times.",
            HelpName = "DUTY",
            Validators = { CheckDuties },
        };
        var name = new Option<string>("--name")
        {
            Description = "What the service's log calls the operator.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "operator",
        };
        var settings = Settings();
        var command = new Command("token", TokenDescription) { citizen, duties, name, settings };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(citizen) == result.IsGiven(duties))
            {
                result.AddError("Give one of --citizen CODE and --duty DUTY.");
            }
        });
        command.SetAction((result, cancellation) => WriteAsync(
            result.InvocationConfiguration,
            () => Token(
                result.GetRequiredValue(settings),
                result.GetValue(citizen) ?? result.GetRequiredValue(name),
                result.GetValue(duties) ?? [],
                time),
            cancellation));
        return command;
    }

    public static Command CreateGateKey()
    {
        var gate = new Option<string>("--gate") { Description = "The gate's name in the city file.", HelpName = "ID", Required = true };
        var settings = Settings();
        var command = new Command("gate-key", GateKeyDescription) { gate, settings };
        command.SetAction((result, cancellation) => WriteAsync(
            result.InvocationConfiguration,
            () => GateKeySource.Find(result.GetRequiredValue(gate), result.GetRequiredValue(settings), environmentKey: null),
            cancellation));
        return command;
    }

    private static Option<string> Settings() => new("--settings")
    {
        Description = "The settings file that the service has written into its data folder.",
        HelpName = "FILE",
        DefaultValueFactory = _ => UsualSettings,
    };

    private static void CheckDuties(OptionResult result)
    {
        foreach (var wrong in result.Tokens.Select(token => token.Value).Where(duty => !DutyForm().IsMatch(duty)))
        {
            result.AddError($"{wrong} is no duty. Duties are like operate@city, operate@district:ID or operate@facility:ID.");
        }
    }

    [GeneratedRegex("^(watch|operate|money|admin)@(city|(district|facility):[a-z0-9-]{1,32})$")]
    private static partial Regex DutyForm();

    internal static string Token(string path, string subject, IReadOnlyList<string> duties, TimeProvider time)
    {
        var key = SettingsFile.Load(path).Jwt
            ?? throw new SettingsException($"{path}: jwt: there is no key that signs tokens, only tokens. Take one of them.");
        var lifetime = duties.Count > 0 ? TokenSigner.LongestWithDuties : CitizenLifetime;
        return TokenSigner.Sign(key, subject, duties, time.ToClock().GetCurrentInstant(), lifetime);
    }

    private static Task<int> WriteAsync(InvocationConfiguration streams, Func<string> find, CancellationToken cancellation) =>
        CommandRun.RunAsync(
            streams.Error,
            "Stopped.",
            async () =>
            {
                await streams.Output.WriteLineAsync(find());
                return ExitCodes.Good;
            },
            cancellation);
}
