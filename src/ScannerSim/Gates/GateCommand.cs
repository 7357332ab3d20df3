using System.CommandLine;
using Parking.ScannerSim.Clients;
using Parking.ScannerSim.Gates.Sources;
using Parking.ScannerSim.Settings;

namespace Parking.ScannerSim.Gates;

/// <summary><c>gate</c>: one gate, fed by a real reader or by pictures.</summary>
internal static class GateCommand
{
    private static readonly string Description = $"""
        Be one gate: take codes, ask the service, show barrier and display.

        Codes come from standard input, one a line, as a USB reader in keyboard mode types them (on a terminal without echo; Ctrl+D ends), or
        from pictures in a watched folder. The code itself is never written anywhere. Ends with the input, or with Ctrl+C.
        The gate's key comes from the settings file (see demo --help) or from the variable {GateKeySource.Variable}.

        Examples:
          gate --gate hsp-in-1 --api http://localhost:5080 --settings src/ParkingApi/App_Data/development.json
          gate --gate hsp-in-1 --api http://localhost:5080 --settings settings.json --watch pictures
        """;

    public static Command Create(TimeProvider time)
    {
        var gate = new Option<string>("--gate") { Description = "The gate's name in the city file.", HelpName = "ID", Required = true };
        var api = new Option<Uri?>("--api") { Description = "The service.", HelpName = "URL", Required = true, CustomParser = Options.ParseApi };
        var settings = new Option<string?>("--settings") { Description = "The file with the gate's key.", HelpName = "FILE" };
        var watch = new Option<string?>("--watch") { Description = "Take codes from pictures in this folder, in place of standard input.", HelpName = "DIR" };
        var command = new Command("gate", Description) { gate, api, settings, watch };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(gate),
            result.GetRequiredValue(api) ?? throw new InvalidOperationException("--api is required."),
            result.GetValue(settings),
            result.GetValue(watch),
            result.InvocationConfiguration,
            time,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string gate, Uri api, string? settings, string? watch, InvocationConfiguration streams, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var key = GateKeySource.Find(gate, settings, Environment.GetEnvironmentVariable(GateKeySource.Variable));
            using var http = ServiceClient.Create(api);
            var client = new GateClient(http, gate, key, GateClientOptions.Default, time);
            var barrier = new BarrierGate(JournalIds.CreateRandom());
            var codes = watch is null
                ? KeyboardLines.ReadAsync(time, cancellationToken)
                : new FolderPictures(watch, streams.Error.WriteLine, time).ReadAsync(cancellationToken);
            await new GateConsole(gate, barrier, client, streams.Output, time).RunAsync(codes, cancellationToken);
            return ExitCodes.Good;
        }
        catch (Exception error) when (error is SettingsException or DirectoryNotFoundException)
        {
            await streams.Error.WriteLineAsync(error.Message);
            return ExitCodes.CannotRun;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how one leaves a gate.
            return ExitCodes.Good;
        }
    }
}
