using System.Reflection;
using BenchmarkDotNet.Running;
using Parking.Bench;

// Not typeof(Program): the service, which is referenced, has a public class of that name too.
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args, new BenchConfig());
