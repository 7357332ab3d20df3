using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Parking.DriverProxy;
using Parking.ScannerSim.Demo.Views;
using Parking.Simulation.Demo;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Service;
using Spectre.Console;

namespace Parking.ScannerSim.Demo;

/// <summary>The command <c>demo</c>: the whole path from a phone's code to a moving barrier, with many drivers at once.</summary>
internal static class DemoCommand
{
    private const string Description = """
        Show the whole path: drivers' phones fetch codes, cameras photograph them, gates ask the service, barriers move.

        The command starts the service as a separate process and ends it afterwards. The service uses a private redis-server if one is on
        the PATH, otherwise the embedded store. With --api the demo uses a running service; nobody else should use that service meanwhile.
        Some drivers are refused intentionally. The demo takes about half a minute.
        Exits with 0 if every expected decision came and every invariant holds, with 1 if not (each mismatch is named), with 2 if it could
        not run.

        With --pages it starts the service on the embedded store, or the one that --store names, keeps traffic flowing through its gates in
        real time, prints the addresses of the pages and whom to sign in as, and stays until Ctrl+C. Before, the city lives through the last
        hour of the clock and what has passed since, which takes some seconds. Exits with 0, with 2 if the service ends by itself or did not
        start.
        Some of its drivers have phones without a network, which sign their codes themselves. Every three minutes a gate is cut off from the
        service for a minute. The output says which, and when the service knows all that it did.

        With --listen a real phone in the same network can open the drivers' page, and nothing else; anybody in that network can then sign
        in as one of the demo's two drivers. It needs https with a certificate that the phone trusts: docs/demo-on-a-phone.md says how to
        make one. Without a certificate, http on a loopback address is for a phone on a cable (adb reverse).

        The settings file for --api is the development.json that a Development service writes into its data folder, or one like it:
          { "apiVersion": 1, "gates": { "<gate>": "<key>", … },
            "jwt": { "issuer": "…", "audience": "…", "signingKey": "<base64>" } }
        or, instead of "jwt", tokens from another issuer: "tokens": { "operator": "…", "citizens": [ "…", … ] }

        Examples:
          demo
          demo --pages
          demo --pages --listen https://192.168.1.20:8443 --certificate pc.pem --key pc.key
          demo --seed 7 --drivers 100 --frames frames
          demo --store embedded --plain > demo.log
          demo --api http://localhost:5080 --settings src/ParkingApi/App_Data/development.json
        """;

    public static Command Create(TimeProvider time)
    {
        var seed = new Option<long>("--seed")
        {
            Description = "The seed of drivers, vehicles, times, places and camera frames.",
            DefaultValueFactory = _ => 1,
        };
        var drivers = Options.Number(
            "--drivers", $"Number of drivers, up to {DemoOptions.MostDrivers}.", DemoOptions.DefaultDrivers, 1, DemoOptions.MostDrivers);
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of a running service to use. Otherwise the demo starts its own.",
            HelpName = "URL",
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string?>("--settings")
        {
            Description = "The settings file for --api, with the gates' keys and the token data.",
            HelpName = "FILE",
        };
        var city = new Option<string?>("--city")
        {
            Description = "The city file of the service at --api, if it is not the demo city.",
            HelpName = "FILE",
        };
        var frames = new Option<string?>("--frames") { Description = "Save every camera frame as PNG in this folder.", HelpName = "DIR" };
        var store = Options.Store("The store of the demo's own service.");
        var plain = new Option<bool>("--plain")
        {
            Description = "Print plain lines instead of the live view. This is the default if the output is not a terminal.",
        };

        var pages = new Option<bool>("--pages") { Description = "Starts a living city with pages for a browser, and stays until Ctrl+C." };
        var port = Options.Number(
            "--port",
            "The port of the pages on 127.0.0.1; if it is taken, the next free one.",
            LiveCityOptions.DefaultPort,
            1,
            IPEndPoint.MaxPort);

        var noPast = new Option<bool>("--no-past") { Description = "The city of --pages begins empty, without an hour to look back on." };

        var listen = new Option<ListenAddress?>("--listen")
        {
            Description = "The address at which a real phone opens the drivers' page of --pages, such as https://192.168.1.20:8443.",
            HelpName = "URL",
            CustomParser = ParseListen,
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "The certificate for --listen: PEM, or a PFX without a password. It names the host of that address.",
            HelpName = "FILE",
        };
        var key = new Option<string?>("--key")
        {
            Description = "The private key of --certificate in PEM, if it is in a file of its own.",
            HelpName = "FILE",
        };

        var command = new Command("demo", Description)
        {
            seed, drivers, api, settings, city, frames, store, plain, pages, port, noPast, listen, certificate, key,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(api) is null && (result.GetResult(settings) is not null || result.GetResult(city) is not null))
            {
                result.AddError("--settings and --city go with --api: give --api too.");
            }
            if (result.GetResult(api) is not null && result.GetResult(settings) is null)
            {
                result.AddError("--api needs --settings FILE with the gates' keys and the token data. See demo --help for its format.");
            }
            if (!result.TryRead(pages, out var isPages))
            {
                return;
            }
            if (!isPages && new Option[] { port, noPast, listen, certificate, key }.FirstOrDefault(
                option => result.IsGiven(option)) is { } alone)
            {
                result.AddError($"{alone.Name} goes with --pages.");
            }
            if (isPages && new Option[] { drivers, api, settings, city, frames }.FirstOrDefault(
                option => result.IsGiven(option)) is { } other)
            {
                result.AddError($"--pages has drivers and a service of its own: {other.Name} does not go with it.");
            }

            // An address that cannot be read is refused with its own message.
            var isRead = ListenAddress.TryParse(TextOf(result.GetResult(listen)), out var phones, out _);
            if (isRead && phones!.IsEncrypted && !result.IsGiven(certificate))
            {
                result.AddError("--listen with https needs --certificate FILE. docs/demo-on-a-phone.md says how to make one.");
            }
            if ((isRead ? !phones!.IsEncrypted : result.GetResult(listen) is null)
                && new Option[] { certificate, key }.FirstOrDefault(option => result.IsGiven(option)) is { } needless)
            {
                result.AddError($"{needless.Name} goes with --listen https://….");
            }
        });
        command.SetAction((result, cancellationToken) => result.GetValue(pages) ? PagesDemo.RunAsync(
            new LiveCityOptions
            {
                Seed = result.GetValue(seed),
                Port = (int)result.GetValue(port),
                // A past hour takes twice as long on Redis, which syncs every write.
                Store = result.GetValue(store) is var kind && kind == StoreKind.Auto ? StoreKind.Embedded : kind,
                HasPast = !result.GetValue(noPast),
            },
            result.GetValue(listen) is { } address
                ? new PhoneAccess(address, result.GetValue(certificate), result.GetValue(key))
                : null,
            result.GetValue(plain),
            result.InvocationConfiguration.Error,
            time,
            cancellationToken) : RunAsync(
            new DemoOptions
            {
                Seed = result.GetValue(seed),
                Drivers = (int)result.GetValue(drivers),
                Api = result.GetValue(api),
                SettingsPath = result.GetValue(settings),
                CityPath = result.GetValue(city),
                FramesFolder = result.GetValue(frames),
                Store = result.GetValue(store),
            },
            result.GetValue(plain),
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    /// <summary>Whether the console is a terminal on which a picture can be drawn anew.</summary>
    internal static bool CanDrawOn(IAnsiConsole console) => console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    private static ListenAddress? ParseListen(ArgumentResult result)
    {
        if (ListenAddress.TryParse(TextOf(result), out var address, out var fault))
        {
            return address;
        }
        result.AddError($"--listen {fault}");
        return null;
    }

    private static string TextOf(SymbolResult? result) => result?.Tokens is [var token] ? token.Value : "";

    private static Task<int> RunAsync(
        DemoOptions options, bool isPlain, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        IDemoView view = isPlain || !CanDrawOn(console)
            ? new PlainView(Console.Out, time)
            : new LiveView(console, time);
        return CommandRun.RunAsync(
            errors,
            "Stopped. The service that this command started has ended too.",
            async () =>
            {
                if (options.FramesFolder is { } folder)
                {
                    Directory.CreateDirectory(folder);
                }
                await using var target = await view.WaitForAsync(report => DemoTarget.OpenAsync(options, report, time, cancellationToken));
                var outcome = await new DemoRun(options, target, view, time).RunAsync(cancellationToken);
                Summary.Write(console, outcome);
                return outcome.IsGood ? ExitCodes.Good : ExitCodes.Bad;
            },
            cancellationToken);
    }
}
