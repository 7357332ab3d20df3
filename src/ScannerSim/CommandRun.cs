using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim;

/// <summary>Runs a command. Converts its exceptions to a message and an exit code, in the same way for every command.</summary>
internal static class CommandRun
{
    /// <param name="errors">Receives the message.</param>
    /// <param name="stopped">The message after Ctrl+C.</param>
    /// <param name="run">The command; returns its exit code.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
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
