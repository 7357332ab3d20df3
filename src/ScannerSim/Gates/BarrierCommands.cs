using System.CommandLine;
using Parking.GateProtocol;
using Parking.Simulation.Clients;
using Parking.Simulation.Operators;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Gates;

/// <summary>The command <c>barrier</c>: an operator moves a gate's barrier from afar.</summary>
internal static class BarrierCommands
{
    private const string Description = """
        Tell a gate's barrier what to do, and wait until it has done it.

        The commands are open-once, hold-open, release, lock (entries only) and unlock. Each state is written as the service says it:
        queued, granted, obeyed; or not_obeyed, expired, nothing_known. The command is given once, whatever becomes of it.

        Exits with 0 if the gate obeyed; with 1 if it did not, or if nobody knows; with 2 if the settings cannot be used.

        Examples:
          barrier open-once --gate hsp-out-1 --api URL --settings FILE --reason "phone is broken"
          barrier hold-open --gate hsp-out-1 --api URL --settings FILE --reason "fire brigade" --seconds 600
        """;

    private static readonly Dictionary<string, BarrierCommand> Names = new()
    {
        ["open-once"] = BarrierCommand.OpenOnce,
        ["hold-open"] = BarrierCommand.HoldOpen,
        ["release"] = BarrierCommand.Release,
        ["lock"] = BarrierCommand.Lock,
        ["unlock"] = BarrierCommand.Unlock,
    };

    public static Command Create(TimeProvider time)
    {
        var order = new Argument<string>("COMMAND") { Description = "What the barrier is to do." };
        order.AcceptOnlyFromAmong([.. Names.Keys]);
        var gate = new Option<string>("--gate") { Description = "The gate's name in the city file.", HelpName = "ID", Required = true };
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of the service.",
            HelpName = "URL",
            Required = true,
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string>("--settings")
        {
            Description = "The settings file with the operator's token or the key that signs tokens. See demo --help.",
            HelpName = "FILE",
            Required = true,
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, without a person's name. It is kept.",
            HelpName = "TEXT",
            Required = true,
        };
        var stay = new Option<string?>("--stay") { Description = "With open-once at an exit: the stay that ends.", HelpName = "ID" };
        var seconds = Options.OptionalNumber("--seconds", "For hold-open and lock: for how long.", 1, GateProtocol.GateCommand.MaxSeconds);
        var command = new Command("barrier", Description) { order, gate, api, settings, reason, stay, seconds };
        command.SetAction((result, cancellationToken) => CommandRun.RunAsync(
            result.InvocationConfiguration.Error,
            "Stopped. The command was not taken back.",
            () => GiveAsync(
                result.GetRequiredValue(gate),
                new BarrierOrder(
                    Names[result.GetRequiredValue(order)], result.GetRequiredValue(reason), result.GetValue(stay),
                    (int?)result.GetValue(seconds)),
                result.GetRequiredValue(api) ?? throw new InvalidOperationException("--api is required."),
                result.GetRequiredValue(settings),
                result.InvocationConfiguration.Output,
                time,
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> GiveAsync(
        string gate, BarrierOrder order, Uri api, string settings, TextWriter output, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var known = SettingsFile.Load(settings);
        using var http = ServiceClient.Create(api);
        var last = await new BarrierOperator(http, known, time).GiveAsync(gate, order, Show, cancellationToken);
        return last.State == BarrierProgress.Obeyed ? ExitCodes.Good : ExitCodes.Bad;

        void Show(BarrierProgress progress) =>
            output.WriteLine($"{gate}  {progress.Id}  {progress.State}{(progress.Obstacle is { } why ? $": {why}" : "")}");
    }
}
