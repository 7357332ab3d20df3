namespace Parking.Simulation.Replay.Books;

/// <summary>What the service has in its books when everything has been reported.</summary>
/// <param name="Stays">Each driver's.</param>
/// <param name="Occupied">Each facility's open stays; null where the service could not say.</param>
internal sealed record ServiceBooks(IReadOnlyDictionary<string, IReadOnlyList<BookStay>> Stays, IReadOnlyDictionary<string, int?> Occupied);
