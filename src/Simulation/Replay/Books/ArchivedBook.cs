using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>A stay in the service's archive.</summary>
internal sealed record ArchivedBook
{
    /// <summary>The public id, as in <see cref="BookStay.Id"/>.</summary>
    public required string Id { get; init; }

    public required string Facility { get; init; }

    public string? EntryGate { get; init; }

    public string? ExitGate { get; init; }

    public Instant? EnteredAt { get; init; }

    public Instant? EndedAt { get; init; }

    public required StayEnding Ending { get; init; }

    public required StayState State { get; init; }

    /// <summary>How many revisions it has by its own count.</summary>
    public required int Revision { get; init; }

    /// <summary>When its events were found to be missing in the live store; null if they are there.</summary>
    public Instant? UnaccountedAt { get; init; }

    /// <summary>Its revisions, oldest first.</summary>
    public IReadOnlyList<ArchivedBookRevision> Revisions { get; init; } = [];

    /// <summary>As <see cref="BookStay.Counts"/>.</summary>
    public bool Counts => State is not (StayState.Superseded or StayState.Withdrawn);
}

/// <summary>What the archive knew of a stay since its end.</summary>
internal sealed record ArchivedBookRevision
{
    public required int Revision { get; init; }

    public Instant? EnteredAt { get; init; }

    public Instant? EndedAt { get; init; }

    public required StayEnding Ending { get; init; }

    public required StayState State { get; init; }

    public long? Total { get; init; }

    public string? Currency { get; init; }

    /// <summary>The lines of the price; null if it has none.</summary>
    public IReadOnlyList<PriceLine>? Lines { get; init; }

    public Price? Fee => Total is { } total && Currency is { } currency ? new(currency, total) : null;
}
