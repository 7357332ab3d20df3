using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim;

/// <summary>Runs a command, and makes what it throws a message for a person and an exit code: the same for every command.</summary>
internal static class CommandRun
{
    /// <param name="errors">Where the message goes.</param>
    /// <param name="stopped">What to say at Ctrl+C.</param>
    /// <param name="run">The command; returns its exit code.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    public static async Task<int> RunAsync(TextWriter errors, string stopped, Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (error is ServiceStartException or SettingsException or TraceException
            or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(error.Message);
            return ExitCodes.CannotRun;
        }
        catch (Exception error) when (error is ServiceRefusedException or ReplayException)
        {
            await errors.WriteLineAsync(error.Message);
            return ExitCodes.Bad;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync(stopped);
            return ExitCodes.Stopped;
        }
    }
}
