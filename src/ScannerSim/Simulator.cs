using System.CommandLine;
using Parking.ScannerSim.Credentials;
using Parking.ScannerSim.Demo;
using Parking.ScannerSim.Gates;
using Parking.ScannerSim.Load;
using Parking.ScannerSim.Optics;
using Parking.ScannerSim.Reading;
using Parking.ScannerSim.Replay;
using Parking.ScannerSim.Traces;

namespace Parking.ScannerSim;

/// <summary>The command line of the program.</summary>
internal static class Simulator
{
    private const string Description = """
        A parking gate as a program: camera, QR reader, barrier and display, without the hardware.

        Examples:
          demo                                    the whole path with 72 drivers, in half a minute
          read photo.jpg                          the text of the QR symbol in a picture
          optics --frames 50                      how many camera frames are read, and how fast
          gate --gate hsp-in-1 --api URL          one gate, fed by a USB reader or a folder of pictures
          barrier open-once --gate hsp-out-1 --api URL --settings FILE --reason "phone is broken"
          load --gates 1000 --rate 200            many gates in one process, and how long drivers wait
          generate --seed 7 --out day.ndjson      an invented city's day at its gates, as a trace
          import stays.csv --map my.json --out t.ndjson   real events from a table, as a trace
          record --api URL --settings FILE --out live.ndjson   what happens at a service's gates, as a trace
          replay day.ndjson --faults all          a trace against a service, and whether its books are right
          token --citizen wang-fang               a token of a Development service, for curl; --duty, gate-key
          phone --file my.phone                   a code that a phone signs without a network
        Run "COMMAND --help" for more.
        """;

    /// <summary>Creates the root command.</summary>
    /// <param name="time">The clock of all commands.</param>
    public static RootCommand CreateCommand(TimeProvider time)
    {
        var root = CreateCommands(time);
        foreach (var command in root.Subcommands)
        {
            Guard(command);
        }

        return root;
    }

    /// <param name="args">The command line.</param>
    /// <param name="configuration">Its streams.</param>
    /// <param name="time">The clock of all commands.</param>
    /// <param name="cancellationToken">Stops the command as Ctrl+C does.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, InvocationConfiguration configuration, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var parsed = CreateCommand(time).Parse(args);
        var code = await parsed.InvokeAsync(configuration, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.CannotRun : code;
    }

    /// <summary>No command takes an empty text, and none takes an option that does not exist for the name of a file.</summary>
    private static void Guard(Command command)
    {
        foreach (var option in command.Options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                {
                    result.AddError($"{option.Name} must not be empty.");
                }
            });
        }

        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Select(token => token.Value))
                {
                    if (string.IsNullOrWhiteSpace(token))
                    {
                        result.AddError($"A {argument.Name} must not be empty.");
                    }
                    else if (token.Length > 1 && token[0] == '-')
                    {
                        result.AddError(
                            $"There is no option {token}; see {command.Name} --help. A file of that name is written ./{token}");
                    }
                }
            });
        }
    }

    private static RootCommand CreateCommands(TimeProvider time) => new(Description)
    {
        DemoCommand.Create(time),
        ReplayCommand.Create(time),
        ReadCommand.Create(),
        OpticsCommand.Create(time),
        GateCommand.Create(time),
        BarrierCommands.Create(time),
        LoadCommand.Create(time),
        GenerateCommand.Create(time),
        ImportCommand.Create(time),
        RecordCommand.Create(time),
        CredentialCommands.CreateToken(time),
        CredentialCommands.CreateGateKey(),
        PhoneCommand.Create(time),
    };
}
