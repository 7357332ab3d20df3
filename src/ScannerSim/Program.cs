using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parking.ScannerSim;

Console.OutputEncoding = Encoding.UTF8;

// Closing the terminal must end the processes that this program started, so it exits in the normal way.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCodes.Stopped));

// After Ctrl+C a command still completes its work. For example, it writes the trace that it has recorded.
TimeSpan timeToEnd = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // The composition root names the clock.
return await Simulator.RunAsync(args, new InvocationConfiguration { ProcessTerminationTimeout = timeToEnd }, TimeProvider.System);
#pragma warning restore RS0030
