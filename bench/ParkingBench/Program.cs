using System.Reflection;
using BenchmarkDotNet.Running;
using Parking.Bench;
using Parking.Bench.Archive;
using Parking.Bench.ConsolePage;

if (args is ["console", ..])
{
#pragma warning disable RS0030 // The composition root: gates, service and browser live in the machine's time.
    await ConsoleLoad.RunAsync(isPageOnly: args.Contains("--page"), TimeProvider.System);
#pragma warning restore RS0030
    return;
}

if (args is ["commands", ..])
{
#pragma warning disable RS0030 // As above.
    await CommandLatency.RunAsync(args[1..], TimeProvider.System);
#pragma warning restore RS0030
    return;
}

if (args is ["archive", ..])
{
#pragma warning disable RS0030 // As above.
    await ArchiveLoad.RunAsync(args.ElementAtOrDefault(1), TimeProvider.System);
#pragma warning restore RS0030
    return;
}

if (args is ["use", ..])
{
    await UseLoad.RunAsync(args.ElementAtOrDefault(1));
    return;
}

// Not typeof(Program): the service, which is referenced, has a public class of that name too.
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, new BenchConfig());
