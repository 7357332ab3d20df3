using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parking.ScannerSim;

Console.OutputEncoding = Encoding.UTF8;

// A closed terminal ends the program as it should end: with what it started.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCodes.Stopped));

// What Ctrl+C ends puts its things in order before: a day that was recorded is written.
TimeSpan timeToEnd = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // The composition root names the clock.
return await Simulator.RunAsync(args, new InvocationConfiguration { ProcessTerminationTimeout = timeToEnd }, TimeProvider.System);
#pragma warning restore RS0030
