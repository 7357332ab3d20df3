namespace Parking.BackOffice.Sql;

/// <summary>
/// The back office's database cannot be reached, or cannot be used as it is. Gates do not notice; whoever asked for something that is kept
/// there is answered with 503 and Retry-After.
/// </summary>
public sealed class BackOfficeUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
