using System.CommandLine;
using System.Security.Cryptography;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.GateProgram.Sources;
using Parking.GateProtocol;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Gates;

/// <summary>The command <c>gate</c>: one gate whose codes come from a USB reader or from pictures.</summary>
internal static class GateCommand
{
    private const int JitterSteps = 1 << 20;

    private static readonly string DefaultJournals =
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "parking", "gates");

    private static readonly string Description = $"""
        Run one gate: it takes codes, asks the service, and shows the state of barrier and display.

        Codes come from standard input or from pictures in a watched folder. On standard input they come as a USB reader in keyboard mode or
        a serial reader types them, whatever it types before and behind a code. A terminal shows no echo; Ctrl+D ends the input. The code
        itself is never written anywhere. The command ends with the input or with Ctrl+C. The gate's journal keeps all events until the
        service has them, and for some days after that. Its folder is given with --journal; the default is a folder with the gate's name in
        {DefaultJournals}.
        If the service does not answer in time, the gate decides alone, with the latest feed it has received. The gate's key comes from the
        settings file (see demo --help) or from the environment variable {GateKeySource.Variable}.

        Examples:
          gate --gate hsp-in-1 --api http://localhost:5080 --settings src/ParkingApi/App_Data/development.json
          gate --gate hsp-in-1 --api http://localhost:5080 --settings settings.json --watch pictures
        """;

    public static Command Create(TimeProvider time)
    {
        var gate = new Option<string>("--gate") { Description = "The gate's name in the city file.", HelpName = "ID", Required = true };
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of the service.",
            HelpName = "URL",
            Required = true,
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string?>("--settings") { Description = "The settings file with the gate's key.", HelpName = "FILE" };
        var watch = new Option<string?>("--watch")
        {
            Description = "Take codes from pictures in this folder instead of standard input.",
            HelpName = "DIR",
        };
        var journal = new Option<string?>("--journal")
        {
            Description = "The folder of the gate's journal and feed. Each gate needs its own.",
            HelpName = "DIR",
        };
        var direction = new Option<GateDirection?>("--direction")
        {
            Description = "The lane's direction, as a check: the service says it too, and the gate does not run against it.",
            HelpName = "entry|exit",
        };
        direction.AcceptOnlyFromAmong("entry", "exit");
        var command = new Command("gate", Description) { gate, api, settings, watch, journal, direction };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(gate),
            result.GetValue(direction),
            result.GetValue(journal),
            result.GetRequiredValue(api) ?? throw new InvalidOperationException("--api is required."),
            result.GetValue(settings),
            result.GetValue(watch),
            result.InvocationConfiguration,
            time,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string gate, GateDirection? direction, string? journal, Uri api, string? settings, string? watch, InvocationConfiguration streams,
        TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            if (journal?.Trim().Length == 0)
            {
                throw new SettingsException("--journal must name a folder.");
            }
            var key = GateKeySource.Find(gate, settings, Environment.GetEnvironmentVariable(GateKeySource.Variable));
            using var http = ServiceClient.Create(api);
            var machineSettings = new GateMachineSettings
            {
                Gate = gate,
                Key = key,
                Direction = direction,
                Jitter = () => RandomNumberGenerator.GetInt32(JitterSteps) / (double)JitterSteps,
                Report = streams.Error.WriteLine,
            };
            var folder = new DiskFolder(journal ?? Path.Combine(DefaultJournals, Uri.EscapeDataString(gate)));
            using var machine = await GateMachine.OpenAsync(machineSettings, folder, http, time);
            var codes = watch is null
                ? new KeyboardLines(streams.Error.WriteLine, time).ReadAsync(cancellationToken)
                : new FolderPictures(watch, new PictureFileCodes(), streams.Error.WriteLine, time).ReadAsync(cancellationToken);
            await ServeAsync(machine, new GateConsole(gate, machine, streams.Output, time), codes, time, cancellationToken);
            return ExitCodes.Good;
        }
        catch (Exception error) when (error is SettingsException or GateMismatchException or IOException or UnauthorizedAccessException)
        {
            await streams.Error.WriteLineAsync(error.Message);
            return ExitCodes.CannotRun;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is the normal way to end this command.
            return ExitCodes.Good;
        }
    }

    /// <summary>Handles codes and runs the gate's background work at the same time, until the codes end or the disk fails.</summary>
    private static async Task ServeAsync(
        GateMachine machine, GateConsole console, IAsyncEnumerable<string> codes, TimeProvider time, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = GateRunner.RunAsync(machine, time, done.Token);
        try
        {
            var serving = console.RunAsync(codes, done.Token);
            await await Task.WhenAny(serving, work);
        }
        finally
        {
            await done.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
