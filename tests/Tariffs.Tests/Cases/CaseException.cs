namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// A case folder is not as the runner needs it. The message is for whoever wrote the folder: what is wrong, and what to do.
/// </summary>
internal sealed class CaseException(string message) : Exception(message);
