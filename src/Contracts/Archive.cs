using NodaTime;

namespace Parking.Contracts;

/// <summary>A page of archived stays, oldest first.</summary>
/// <param name="Stays">The stays.</param>
/// <param name="Next">Send it as <c>cursor</c> with the same search for the stays after these; null if there are no more.</param>
public sealed record ArchivedStaysAnswer(IReadOnlyList<ArchivedStay> Stays, string? Next);

/// <summary>A stay in the archive. It names neither its driver nor its vehicle.</summary>
public sealed record ArchivedStay
{
    /// <summary>The stay's id: 32 lowercase hexadecimal digits, as in <c>/v1/stays/{id}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>The gate of its entry; null if nobody saw it.</summary>
    public string? EntryGate { get; init; }

    /// <summary>The gate of its exit; null if nobody saw it.</summary>
    public string? ExitGate { get; init; }

    /// <summary>When the vehicle came in; null if nobody saw it.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When it ended, or was found to have ended; null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required StayEnding Ending { get; init; }

    /// <summary>How reliable its data is.</summary>
    public required StayState State { get; init; }

    /// <summary>Why a person should look at it; absent unless the state is <c>conflicting</c>.</summary>
    public IReadOnlyList<StayDoubt>? Doubts { get; init; }

    /// <summary>How many revisions it has: 0 while it never ended.</summary>
    public required int Revision { get; init; }

    /// <summary>When its events were found to be missing in the live store, although it is not old; null otherwise.</summary>
    public Instant? UnaccountedAt { get; init; }
}

/// <summary>An archived stay with what was known of it since its end, revision by revision.</summary>
/// <param name="Stay">The stay as it is now.</param>
/// <param name="Revisions">Oldest first; none while it never ended.</param>
public sealed record ArchivedStayAnswer(ArchivedStay Stay, IReadOnlyList<ArchivedRevision> Revisions);

/// <summary>What was known of an ended stay, and what it cost by that.</summary>
public sealed record ArchivedRevision
{
    /// <summary>1 when it first ended. Each change of its facts adds one.</summary>
    public required int Revision { get; init; }

    /// <summary>When the archive learned of it.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>When the vehicle came in; null if nobody saw it.</summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>When it ended; null if it was open again.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required StayEnding Ending { get; init; }

    /// <summary>How reliable its data was.</summary>
    public required StayState State { get; init; }

    /// <summary>Why a person should look at it; absent unless the state is <c>conflicting</c>.</summary>
    public IReadOnlyList<StayDoubt>? Doubts { get; init; }

    /// <summary>Its price in the smallest unit of the currency; null if it has none.</summary>
    public long? Total { get; init; }

    /// <summary>ISO 4217; null if it has no price.</summary>
    public string? Currency { get; init; }

    /// <summary>
    /// From which the price can be recomputed, as it was archived: kind, amount, times, quantity, unit price and text of each line; absent
    /// if it has no price.
    /// </summary>
    public IReadOnlyList<QuoteLine>? Lines { get; init; }

    /// <summary>What the gate of the exit was told to display; null if nothing.</summary>
    public long? Displayed { get; init; }

    /// <summary>The number of the tariff's version that was in force at the entry; null if none was recorded.</summary>
    public int? TariffVersion { get; init; }

    /// <summary>The SHA-256 of the tariff as it was then: 64 hexadecimal digits.</summary>
    public string? TariffHash { get; init; }

    /// <summary>The SHA-256 of the holiday calendar as it was then; null if the tariff needs none.</summary>
    public string? CalendarHash { get; init; }

    /// <summary>The version of the time zone data by which it was priced.</summary>
    public string? TimeZones { get; init; }
}

/// <summary>Asks for the stays of a vehicle. The reason goes into the audit with who asks; the plate does not.</summary>
/// <param name="Plate">The number plate, as people type it.</param>
/// <param name="Reason">Why: 3 to 200 characters.</param>
/// <param name="From">Stays that began at this time or later; null: from the first on.</param>
/// <param name="To">Stays that began before this time; null: up to now.</param>
/// <param name="Cursor">Where the page before ended; null for the first.</param>
/// <param name="Limit">At most how many stays, 1 to 200; null: 50.</param>
public sealed record PlateSearchRequest(
    string Plate, string Reason, Instant? From = null, Instant? To = null, string? Cursor = null, int? Limit = null);

/// <summary>A page of the calling citizen's archived stays. Those that ended last come first.</summary>
/// <param name="Stays">The stays.</param>
/// <param name="Next">Send it as <c>cursor</c> for the stays before these; null if there are no more.</param>
public sealed record MyArchivedStaysAnswer(IReadOnlyList<MyArchivedStay> Stays, string? Next);

/// <summary>A stay in the archive as its owner sees it.</summary>
public sealed record MyArchivedStay
{
    /// <summary>The stay's id: 32 lowercase hexadecimal digits, as in <c>/v1/stays/{id}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The number of its last version: 0 while it never ended. The live store counts otherwise.</summary>
    public required int Version { get; init; }

    /// <summary>How reliable its data is. docs/stays.md explains each state.</summary>
    public required StayState State { get; init; }

    /// <summary>The id of the stay that this one became part of; left out if it is none.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>The plate that the vehicle had at the beginning, as long as the owner's account still has it.</summary>
    public string? Plate { get; init; }

    /// <summary>Why a person should look at it; left out unless the state is <c>conflicting</c>.</summary>
    public IReadOnlyList<StayDoubt>? Doubts { get; init; }

    /// <summary>The gate of its entry; left out if nobody saw it.</summary>
    public string? EntryGate { get; init; }

    /// <summary>
    /// The entry; left out if it was not recorded. The latest possible time, if its time is in doubt (<see cref="StayDoubt.EntryTime"/>).
    /// </summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>The earliest possible time of an entry whose time is in doubt, from the end of the stay on; otherwise left out.</summary>
    public Instant? EarliestEntry { get; init; }

    /// <summary>The gate of its exit; left out if nobody saw it.</summary>
    public string? ExitGate { get; init; }

    /// <summary>
    /// The exit; left out if it was not recorded. The earliest possible time, if its time is in doubt (<see cref="StayDoubt.ExitTime"/>).
    /// </summary>
    public Instant? ExitedAt { get; init; }

    /// <summary>The latest possible time of an exit whose time is in doubt; otherwise left out.</summary>
    public Instant? LatestExit { get; init; }

    /// <summary>When it ended, or was found to have ended; left out while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required StayEnding Ending { get; init; }

    /// <summary>Its fee in the smallest unit of the currency; left out if it has none.</summary>
    public long? Total { get; init; }

    /// <summary>ISO 4217; left out if it has no fee.</summary>
    public string? Currency { get; init; }
}

/// <summary>An archived stay of the calling citizen, with what was known of it since its end.</summary>
/// <param name="Stay">The stay as it is now.</param>
/// <param name="Versions">Oldest first; none while it never ended.</param>
public sealed record MyArchivedStayAnswer(MyArchivedStay Stay, IReadOnlyList<MyArchivedVersion> Versions);

/// <summary>What was known of an ended stay at a time, as its owner sees it.</summary>
public sealed record MyArchivedVersion
{
    /// <summary>1 when the stay first ended. Each change of its facts adds one.</summary>
    public required int Version { get; init; }

    /// <summary>When the archive learned of it.</summary>
    public required Instant At { get; init; }

    /// <summary>
    /// What is different from the version before, member by member, as in <see cref="StayRevision.Changes"/>; none for the first, and none
    /// if what changed is not among those members. What changed tells which fact caused it: the archive keeps no events.
    /// </summary>
    public required IReadOnlyList<StayChange> Changes { get; init; }

    /// <summary>What it cost by that, in the smallest unit of the currency; left out if it had no price.</summary>
    public long? Total { get; init; }

    /// <summary>ISO 4217; left out if it had no price.</summary>
    public string? Currency { get; init; }

    /// <summary>How that added up, as it was archived; left out if it had no price.</summary>
    public IReadOnlyList<QuoteLine>? Lines { get; init; }

    /// <summary>What the gate of the exit was told to display; left out if nothing.</summary>
    public long? Displayed { get; init; }
}
