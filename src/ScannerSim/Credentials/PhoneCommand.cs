using System.CommandLine;
using System.Globalization;
using Parking.Simulation.Clients;
using Parking.Simulation.Phones;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Credentials;

/// <summary>The command <c>phone</c>: a citizen's phone that signs its codes itself.</summary>
internal static class PhoneCommand
{
    private const string Description = """
        Write a code that a citizen's phone signs itself (SP2:), as it does without a network.

        The first time, with --api, --settings and --citizen, the phone is linked, fetches eight certificates for the vehicle, and is kept
        in the file. Afterwards neither service nor network is needed: each run shows the next certificate, and the last one again and
        again. With --api alone the certificates are filled up. Standard output has the code and nothing else.

        Whoever has the file is this phone; so it is for a service that runs in Development. To lose it, remove the device:
        DELETE /v1/me/devices/{device}.

        Exits with 0; with 1 if the service refused; with 2 if a file cannot be used or has no certificate for the vehicle.

        Examples:
          phone --file my.phone --api http://127.0.0.1:5080 --settings src/ParkingApi/App_Data/development.json --citizen wang-fang
          phone --file my.phone
          phone --file my.phone --ahead 1200        what a phone shows whose clock was set 20 minutes wrong
          phone --file my.phone | dotnet run --project src/ScannerSim -- gate --gate hsp-in-1 --api URL --settings FILE
        """;

    public static Command Create(TimeProvider time)
    {
        var file = new Option<string>("--file")
        {
            Description = "The phone: its keys and certificates.",
            HelpName = "FILE",
            Required = true,
        };
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of the service; without it the phone has no network.",
            HelpName = "URL",
            CustomParser = Options.ParseApi,
        };
        var citizen = new Option<string?>("--citizen")
        {
            Description = "Link the phone for this citizen code, with a token of the settings file.",
            HelpName = "CODE",
        };
        var settings = new Option<string?>("--settings") { Description = "The service's settings file, to link.", HelpName = "FILE" };
        var plate = new Option<string?>("--plate")
        {
            Description = "A registered vehicle; without it the code names none.",
            HelpName = "TEXT",
        };
        var ahead = new Option<int>("--ahead") { Description = "How many seconds the phone's clock is ahead.", HelpName = "SECONDS" };
        var command = new Command("phone", Description) { file, api, citizen, settings, plate, ahead };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(citizen) && !(result.IsGiven(api) && result.IsGiven(settings)))
            {
                result.AddError("To link a phone, give --api, --settings and --citizen.");
            }
        });
        command.SetAction((result, cancellationToken) => CommandRun.RunAsync(
            result.InvocationConfiguration.Error,
            "Stopped.",
            () => ShowAsync(
                new Wish(
                    result.GetRequiredValue(file), result.GetValue(api), result.GetValue(citizen), result.GetValue(settings),
                    result.GetValue(plate), TimeSpan.FromSeconds(result.GetValue(ahead))),
                result.InvocationConfiguration,
                time,
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(
        Wish wish, InvocationConfiguration streams, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = ServiceClient.Create(wish.Api ?? new Uri("http://no-network.invalid"));
        var phone = new LinkedPhone(http, "the phone", new WrongTime(time, wish.Ahead), time);
        if (File.Exists(wish.File) || wish.Citizen is null)
        {
            phone.Resume(PhoneFile.Load(wish.File));
        }
        if (wish is { Citizen: { } citizen, Settings: { } settings })
        {
            await phone.LinkAsync(CredentialCommands.Token(settings, citizen, [], time), cancellationToken);
        }
        if (wish.Api is not null)
        {
            await phone.RestockAsync(wish.Plate, cancellationToken);
        }
        if (phone.OfflineUntil(wish.Plate) is not { } until)
        {
            throw new SettingsException($"{wish.File}: there is no certificate for this vehicle. Give --api and --plate to fetch some.");
        }
        await streams.Output.WriteLineAsync(phone.Mint(wish.Plate).Text);
        phone.MarkUsed(wish.Plate);
        phone.ToFile().Save(wish.File);
        await streams.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"device {phone.Device}; {phone.StockOf(wish.Plate)} certificates left, offline until {until}"));
        return ExitCodes.Good;
    }

    private sealed record Wish(string File, Uri? Api, string? Citizen, string? Settings, string? Plate, TimeSpan Ahead);
}
