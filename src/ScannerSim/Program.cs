using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parking.ScannerSim;

Console.OutputEncoding = Encoding.UTF8;

// A closed terminal ends the program as it should end: with what it started.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCodes.Stopped));

#pragma warning disable RS0030 // The composition root names the clock.
return await Simulator.RunAsync(args, new InvocationConfiguration(), TimeProvider.System);
#pragma warning restore RS0030
