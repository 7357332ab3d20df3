using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>What the service has in its books when everything has been reported.</summary>
/// <param name="Stays">Each driver's.</param>
/// <param name="Occupied">Each facility's open stays; null where the service could not say.</param>
internal sealed record ServiceBooks(IReadOnlyDictionary<string, IReadOnlyList<BookStay>> Stays, IReadOnlyDictionary<string, int?> Occupied);

/// <summary>A stay as the service has it.</summary>
internal sealed record BookStay
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    public required string Facility { get; init; }

    /// <summary>The slot of the vehicle; 0: none; −1: one that the driver does not have.</summary>
    public required int Vehicle { get; init; }

    public Instant? EnteredAt { get; init; }

    public Instant? ExitedAt { get; init; }

    public Instant? EndedAt { get; init; }

    public required StayEnding Ending { get; init; }

    /// <summary>Null where the service did not say.</summary>
    public StayState? State { get; init; }

    /// <summary>How often it was written.</summary>
    public int? Version { get; init; }

    /// <summary>The fee; of an open stay, what it would be now.</summary>
    public Price? Fee { get; init; }

    /// <summary>Whether it stands for a stay: a record of what was taken back, or became part of another, does not.</summary>
    public bool Counts => State is not (StayState.Superseded or StayState.Withdrawn);
}
