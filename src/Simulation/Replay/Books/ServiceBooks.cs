using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>The service's books after all events have been reported.</summary>
/// <param name="Stays">The stays of each driver.</param>
/// <param name="Occupied">The number of open stays at each facility; null if the service did not know.</param>
/// <param name="Archive">All archived stays, in any order.</param>
internal sealed record ServiceBooks(
    IReadOnlyDictionary<string, IReadOnlyList<BookStay>> Stays, IReadOnlyDictionary<string, int?> Occupied,
    IReadOnlyList<ArchivedBook> Archive);

/// <summary>A stay in the service's books.</summary>
internal sealed record BookStay
{
    public required string Id { get; init; }

    public required string Facility { get; init; }

    /// <summary>The slot of the vehicle; 0 for none; −1 for a vehicle that the driver does not have.</summary>
    public required int Vehicle { get; init; }

    public Instant? EnteredAt { get; init; }

    public Instant? ExitedAt { get; init; }

    public Instant? EndedAt { get; init; }

    public required StayEnding Ending { get; init; }

    /// <summary>Null if the service did not report it.</summary>
    public StayState? State { get; init; }

    /// <summary>The number of times the stay was written.</summary>
    public int? Version { get; init; }

    /// <summary>The fee; for an open stay, the fee if it ended now.</summary>
    public Price? Fee { get; init; }

    /// <summary>Whether this is a stay. A record that was withdrawn or became part of another stay does not count.</summary>
    public bool Counts => State is not (StayState.Superseded or StayState.Withdrawn);
}
