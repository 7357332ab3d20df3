using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parking.ScannerSim;

Console.OutputEncoding = Encoding.UTF8;

// Closing the terminal stops a command as Ctrl+C and SIGTERM do: it ends the processes that it started, and removes their folders.
using var terminalClosed = new CancellationTokenSource();
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
{
    signal.Cancel = true;
    terminalClosed.Cancel();
});

// After Ctrl+C a command still completes its work. For example, it writes the trace that it has recorded.
TimeSpan timeToEnd = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // The composition root names the clock.
return await Simulator.RunAsync(
    args, new InvocationConfiguration { ProcessTerminationTimeout = timeToEnd }, TimeProvider.System, terminalClosed.Token);
#pragma warning restore RS0030
