namespace Parking.Api.Tests.Gates;

/// <summary>Stands for the death of the process that was handling a scan.</summary>
internal sealed class CrashException() : Exception("The process died here.");
