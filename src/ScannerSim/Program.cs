using System.CommandLine;
using Parking.ScannerSim.Reading;

return new RootCommand("Gate simulator of the parking service.") { ReadCommand.Create() }.Parse(args).Invoke();
