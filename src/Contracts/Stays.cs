using NodaTime;

namespace Parking.Contracts;

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Parked right now, in order of entry.</param>
/// <param name="Recent">Ended within the last 30 days, newest first; their fees without the lines, which <c>/v1/stays/{id}</c> has.</param>
public sealed record MyStaysAnswer(IReadOnlyList<StayAnswer> Open, IReadOnlyList<StayAnswer> Recent);

/// <summary>A stay as its owner and operators see it.</summary>
public sealed record StayAnswer
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
    /// What it costs: of an open stay, what it would be if it ended now, and when that changes next; of one that exited, its fee. Absent
    /// where parking has no price, and where one end was seen by nobody.
    /// </summary>
    public QuoteAnswer? Quote { get; init; }

    /// <summary>What changed since version 1, in order; only where one stay is asked for.</summary>
    public IReadOnlyList<StayRevision>? Revisions { get; init; }
}

/// <summary>One change of a stay: what it changed, and why.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="At">When the service learnt of it.</param>
/// <param name="Cause">What kind of event it was.</param>
/// <param name="Event">Which: gate/journal/seq.</param>
/// <param name="OccurredAt">When that event had happened.</param>
/// <param name="Changes">What is different.</param>
public sealed record StayRevision(
    int Version, Instant At, RevisionCause Cause, string Event, Instant OccurredAt, IReadOnlyList<StayChange> Changes);

/// <summary>One difference between two versions of a stay.</summary>
/// <param name="Member">The member of the stay; <c>fee</c> is its price in minor units.</param>
/// <param name="From">Its value before, as it was written; absent if there was none.</param>
/// <param name="To">Its value since.</param>
public sealed record StayChange(string Member, string? From, string? To);

/// <summary>What made a stay change. The names are public: they may only ever be added to.</summary>
public enum RevisionCause
{
    /// <summary>A scan that the service decided.</summary>
    Scan = 1,

    /// <summary>A scan that a gate had decided alone.</summary>
    LateScan = 2,

    /// <summary>The barrier opened.</summary>
    Opened = 3,

    /// <summary>The barrier stayed shut.</summary>
    StayedShut = 4,

    /// <summary>The vehicle went through.</summary>
    Passed = 5,

    /// <summary>The vehicle went back.</summary>
    BackedOut = 6,

    /// <summary>A person opened the barrier.</summary>
    OpenedByHand = 7,

    /// <summary>Somebody looked.</summary>
    Inventory = 8,
}

/// <summary>Money that may not come in.</summary>
/// <param name="AsOf">When it was summed. Open stays count as if they ended then.</param>
/// <param name="Sums">By facility and state.</param>
/// <param name="Unreadable">Timelines that could not be read.</param>
public sealed record RiskAnswer(Instant AsOf, IReadOnlyList<RiskSum> Sums, int Unreadable);

/// <summary>The stays of one facility in one state.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="State"><c>provisional</c>, <c>conflicting</c> or <c>uncollectable</c>.</param>
/// <param name="Stays">How many.</param>
/// <param name="Amount">What they come to at the most, in minor units.</param>
/// <param name="Currency">ISO 4217 code; absent where none of them has a price.</param>
/// <param name="Unpriced">How many of them have no price that could be told.</param>
public sealed record RiskSum(string Facility, StayState State, int Stays, long Amount, string? Currency, int Unpriced);

/// <summary>What a rebuild found and mended.</summary>
/// <param name="Restored">Spaces of open stays that were missing.</param>
/// <param name="GivenBack">Spaces that no open stay has.</param>
/// <param name="Unreadable">Timelines that could not be read and were passed over; their spaces are as they were.</param>
public sealed record RebuildAnswer(int Restored, int GivenBack, int Unreadable);

/// <summary>How far the books on a stay can be trusted. The numbers and names are public: they may only ever be added to.</summary>
public enum StayState
{
    /// <summary>What the barrier did for one of its scans is not known yet.</summary>
    Provisional = 1,

    /// <summary>All that is known of it fits together.</summary>
    Settled = 2,

    /// <summary>
    /// It cannot be true as it stands: its vehicle was at two facilities at once, or one of its codes opened two barriers.
    /// </summary>
    Conflicting = 3,

    /// <summary>One of its ends was seen by nobody, so that it has no fee.</summary>
    Uncollectable = 4,

    /// <summary>It was part of another stay, which its record names.</summary>
    Superseded = 5,

    /// <summary>What it rested on did not happen: the vehicle backed out, or the barrier stayed shut.</summary>
    Withdrawn = 6,
}

/// <summary>How a stay came to its end, if it has. The numbers and names are public: they may only ever be added to.</summary>
public enum StayEnding
{
    /// <summary>Still parked.</summary>
    Open = 0,

    /// <summary>Both gates saw the vehicle.</summary>
    Exited = 1,

    /// <summary>The vehicle came in again, here or elsewhere, without having been seen to leave.</summary>
    MissedExit = 2,

    /// <summary>The vehicle left without having been seen to come in.</summary>
    MissedEntry = 3,

    /// <summary>Somebody looked, and the vehicle was not there.</summary>
    Inventory = 4,
}
