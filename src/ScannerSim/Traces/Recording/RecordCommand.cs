using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.ScannerSim.Clients;
using Spectre.Console;

namespace Parking.ScannerSim.Traces.Recording;

/// <summary><c>record</c>: what happens at a running service's gates as a trace.</summary>
internal static class RecordCommand
{
    private const int LongestDays = 30;

    private const string Description = """
        Record what happens at the gates of a running service, as a trace to replay.

        Only operators may. Nobody is named: drivers and vehicles get pseudonyms of this trace, codes are not in it, and neither is what people typed. Ctrl+C ends the recording and writes the trace; so does
        --for, and so does a service that stops. What gates report late is put where it belongs, if it comes before the end. With several instances of a service, one recording is of one of them.
        docs/traces.md says what becomes of what. Exits with 0; with 1 if the service refused or ended it, with what came until then in the trace; with 2 if nothing was written.

        Examples:
          record --api http://localhost:5080 --settings src/ParkingApi/App_Data/development.json --out live.ndjson
          record --api https://parking.example --settings operator.json --for 8h --out shift.ndjson.gz
        """;

    public static Command Create(TimeProvider time)
    {
        var api = new Option<Uri?>("--api") { Description = "The service.", HelpName = "URL", Required = true, CustomParser = Options.ParseApi };
        var settings = new Option<string>("--settings") { Description = "The file with the operator's token, or with what tokens are signed with: see demo --help.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--out") { Description = "The trace; packed where its name ends in .gz.", HelpName = "FILE", Required = true };
        var length = new Option<TimeSpan?>("--for") { Description = $"For how long, such as 90s, 30m or 8h; up to {LongestDays}d. Without it, until Ctrl+C.", HelpName = "TIME", CustomParser = ParseLength };

        var command = new Command("record", Description) { api, settings, output, length };
        command.SetAction((result, cancellationToken) => RunAsync(
            new RecordOptions
            {
                Api = result.GetRequiredValue(api)!,
                SettingsPath = result.GetRequiredValue(settings),
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
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            TimeSpan? length = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            };
            if (length <= TimeSpan.FromDays(LongestDays))
            {
                return length;
            }
        }
        result.AddError($"--for must be a time such as 90s, 30m, 8h or 2d, at most {LongestDays}d.");
        return null;
    }

    private static Task<int> RunAsync(RecordOptions options, TextWriter output, TextWriter errors, TimeProvider time, CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. Nothing was written.",
        async () =>
        {
            using var http = ServiceClient.Create(options.Api);
            var run = new RecordRun(options, http, new RecordView(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(errors) }), time), time);
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
        await output.WriteLineAsync($"{options.Out}: {counts.Events:N0} events, {counts.Scans:N0} of them scans, {new FileInfo(options.Out).Length:N0} bytes");
        foreach (var (kind, count) in counts.Kinds)
        {
            await output.WriteLineAsync($"  {kind,-26}{count,12:N0}");
        }
        if (trace.LeftOut > 0)
        {
            await output.WriteLineAsync($"  {"left out: from before",-26}{trace.LeftOut,12:N0}");
        }
    }
}
