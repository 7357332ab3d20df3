using NodaTime;
using Parking.Api.Tariffs;
using Parking.Contracts;

namespace Parking.Api.Stays;

/// <summary>A stay as its owner and operators see it.</summary>
internal sealed record StayContract
{
    /// <summary>The stay's name: 32 lowercase hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>1 when it was first known, and one more with each change.</summary>
    public required int Version { get; init; }

    /// <summary>How far the books on it can be trusted; docs/stays.md tells each.</summary>
    public required StayState State { get; init; }

    /// <summary>The stay that this one turned out to be part of.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>The vehicle's plate, if the code named a vehicle; only its owner sees it.</summary>
    public string? Plate { get; init; }

    /// <summary>When it came in; absent where nobody saw it.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When it was seen to leave.</summary>
    public Instant? ExitedAt { get; init; }

    /// <summary>When the stay ended or was found to have ended; absent while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended, or <c>open</c>.</summary>
    public required StayEnding Ending { get; init; }

    /// <summary>
    /// What it costs: of an open stay, what it would be if it ended now, and when that changes next; of one that exited, its fee. Absent where parking has no
    /// price, and where one end was seen by nobody.
    /// </summary>
    public QuoteContract? Quote { get; init; }

    /// <summary>What changed since version 1, in order; only where one stay is asked for.</summary>
    public IReadOnlyList<RevisionContract>? Revisions { get; init; }
}
