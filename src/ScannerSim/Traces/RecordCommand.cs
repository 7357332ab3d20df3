using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Simulation.Traces.Recording;
using Spectre.Console;

namespace Parking.ScannerSim.Traces;

/// <summary>The command <c>record</c>: writes what happens at a running service's gates as a trace.</summary>
internal static class RecordCommand
{
    private const int LongestDays = 30;

    private const string Description = """
        Record what happens at the gates of a running service, as a trace to replay.

        Only operators may record. The trace names nobody: drivers and vehicles get pseudonyms of this trace, and it contains neither codes
        nor texts that people typed. The recording ends and the trace is written after Ctrl+C, after the time of --for, or when the service
        stops. Late events are sorted into their place if they arrive before the end. If the service has several instances, a recording
        covers only one of them. During the recording all events are also in FILE.recording. If this program is killed, --from makes the
        trace of that file. docs/traces.md says how events become lines of the trace.

        Exits with 0; with 1 if the service refused or ended the recording, with all earlier events in the trace; with 2 if nothing was
        written.

        Examples:
          record --api http://localhost:5080 --settings src/ParkingApi/App_Data/development.json --out live.ndjson
          record --api https://parking.example --settings operator.json --for 8h --out shift.ndjson.gz
          record --from shift.ndjson.gz.recording --out shift.ndjson.gz
        """;

    public static Command Create(TimeProvider time)
    {
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of the service.",
            HelpName = "URL",
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string?>("--settings")
        {
            Description = "The settings file with the operator's token or the key that signs tokens. See demo --help.",
            HelpName = "FILE",
        };
        var from = new Option<string?>("--from")
        {
            Description = "The .recording file that an earlier recording left when it was killed, instead of a service.",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out")
        {
            Description = "The trace file. It is compressed if its name ends in .gz.",
            HelpName = "FILE",
            Required = true,
        };
        var length = new Option<TimeSpan?>("--for")
        {
            Description = $"The duration, such as 90s, 30m or 8h, up to {LongestDays}d. Without it, until Ctrl+C.",
            HelpName = "TIME",
            CustomParser = ParseLength,
        };

        var command = new Command("record", Description) { api, settings, from, output, length };
        command.Validators.Add(result =>
        {
            if (result.GetResult(api) is null == result.GetResult(from) is null)
            {
                result.AddError("Give one of --api URL and --from FILE.");
            }
            if (result.GetResult(api) is not null && result.GetResult(settings) is null)
            {
                result.AddError("--api needs --settings FILE with the operator's token data. See demo --help for its format.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(
            new RecordOptions
            {
                Api = result.GetValue(api),
                SettingsPath = result.GetValue(settings),
                FromPath = result.GetValue(from),
                Out = result.GetRequiredValue(output),
                For = result.GetValue(length),
            },
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    private static TimeSpan? ParseLength(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.Length > 1
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var unit = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(1),
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                'd' => TimeSpan.FromDays(1),
                _ => TimeSpan.MaxValue,
            };
            if (number <= TimeSpan.FromDays(LongestDays) / unit)
            {
                return number * unit;
            }
        }
        result.AddError($"--for must be a time such as 90s, 30m, 8h or 2d, at most {LongestDays}d.");
        return null;
    }

    private static Task<int> RunAsync(RecordOptions options, TextWriter output, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. Nothing was written.",
        async () =>
        {
            var run = new RecordRun(options, new RecordView(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(errors) }), time), time);
            var outcome = await run.RunAsync(cancellationToken);
            await WriteAsync(options, outcome.Trace, output);
            if (outcome.Problem is { } problem)
            {
                await errors.WriteLineAsync(problem);
            }
            return outcome.Problem is null ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);

    private static async Task WriteAsync(RecordOptions options, RecordedTrace trace, TextWriter output)
    {
        var counts = trace.Count();
        await output.WriteLineAsync(
            $"{options.Out}: {counts.Events:N0} events, {counts.Scans:N0} of them scans, {new FileInfo(options.Out).Length:N0} bytes");
        foreach (var (kind, count) in counts.Kinds)
        {
            await output.WriteLineAsync($"  {kind,-26}{count,12:N0}");
        }
        if (trace.LeftOut > 0)
        {
            await output.WriteLineAsync($"  {"left out: older events",-26}{trace.LeftOut,12:N0}");
        }
    }
}
