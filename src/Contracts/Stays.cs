using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.Contracts;

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Stays that have not ended, in order of entry; also those of vehicles that others share with the citizen.</param>
/// <param name="Recent">Stays that ended within the last 30 days, newest first. Their fees have no lines; <c>/v1/stays/{id}</c> has
/// them.</param>
public sealed record MyStaysAnswer(IReadOnlyList<StayAnswer> Open, IReadOnlyList<StayAnswer> Recent);

/// <summary>A stay as its owner and operators see it.</summary>
public sealed record StayAnswer
{
    /// <summary>The stay's id: 32 lowercase hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>1 when the stay was first known. Each change adds one.</summary>
    public required int Version { get; init; }

    /// <summary>How reliable its data is. docs/stays.md explains each state.</summary>
    public required StayState State { get; init; }

    /// <summary>The id of the stay that this one became part of.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The facility's id.</summary>
    public required string Facility { get; init; }

    /// <summary>The vehicle's plate, if the code named a vehicle; only its owner and those who share it see it.</summary>
    public string? Plate { get; init; }

    /// <summary>
    /// True if it is the stay of a vehicle that somebody else shares with the citizen who is calling. The owner is charged. Left out
    /// otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Shared { get; init; }

    /// <summary>Why a person should look at it; absent unless the state is <c>conflicting</c>.</summary>
    public IReadOnlyList<StayDoubt>? Doubts { get; init; }

    /// <summary>
    /// The entry; absent if it was not recorded. The latest possible time, if its time is in doubt (<see cref="StayDoubt.EntryTime"/>).
    /// </summary>
    public Instant? EnteredAt { get; init; }

    /// <summary>The earliest possible time of an entry whose time is in doubt; otherwise absent.</summary>
    public Instant? EarliestEntry { get; init; }

    /// <summary>
    /// The exit; absent if it was not recorded. The earliest possible time, if its time is in doubt (<see cref="StayDoubt.ExitTime"/>).
    /// </summary>
    public Instant? ExitedAt { get; init; }

    /// <summary>The latest possible time of an exit whose time is in doubt; otherwise absent.</summary>
    public Instant? LatestExit { get; init; }

    /// <summary>When the stay ended or was found to have ended; absent while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended, or <c>open</c>.</summary>
    public required StayEnding Ending { get; init; }

    /// <summary>
    /// The price. For an open stay: the fee if it ended now, and when that changes next. For a stay that exited: its fee. Absent if parking
    /// has no price, or if the entry or the exit was not recorded.
    /// </summary>
    public QuoteAnswer? Quote { get; init; }

    /// <summary>The changes since version 1, in order. Only in the answer for a single stay.</summary>
    public IReadOnlyList<StayRevision>? Revisions { get; init; }
}

/// <summary>A change of a stay and its cause.</summary>
/// <param name="Version">The version after the change.</param>
/// <param name="At">When the service learnt of the event.</param>
/// <param name="Cause">The kind of event that caused it.</param>
/// <param name="Event">The identity of that event: gate/journal/seq.</param>
/// <param name="OccurredAt">When that event happened.</param>
/// <param name="Changes">The differences.</param>
public sealed record StayRevision(
    int Version, Instant At, RevisionCause Cause, string Event, Instant OccurredAt, IReadOnlyList<StayChange> Changes);

/// <summary>One difference between two versions of a stay.</summary>
/// <param name="Member">The member of the stay; <c>fee</c> is its price in minor units.</param>
/// <param name="From">The value before; absent if there was none.</param>
/// <param name="To">The value after; absent if there is none.</param>
public sealed record StayChange(string Member, string? From, string? To);

/// <summary>The cause of a change of a stay. The names are public: names may be added, never changed or removed.</summary>
public enum RevisionCause
{
    /// <summary>A scan that the service decided.</summary>
    Scan = 1,

    /// <summary>A scan that a gate decided alone.</summary>
    LateScan = 2,

    /// <summary>The barrier opened.</summary>
    Opened = 3,

    /// <summary>The barrier stayed shut.</summary>
    StayedShut = 4,

    /// <summary>The vehicle passed.</summary>
    Passed = 5,

    /// <summary>The vehicle went back.</summary>
    BackedOut = 6,

    /// <summary>A person opened the barrier.</summary>
    OpenedByHand = 7,

    /// <summary>A person took an inventory.</summary>
    Inventory = 8,

    /// <summary>An operator closed the stay.</summary>
    Closed = 9,
}

/// <summary>Fees at risk: stays whose fee is uncertain or cannot be collected.</summary>
/// <param name="AsOf">When the sums were computed. Open stays count as if they ended then.</param>
/// <param name="Sums">The sums by facility and state.</param>
/// <param name="Unreadable">The number of timelines that could not be read.</param>
public sealed record RiskAnswer(Instant AsOf, IReadOnlyList<RiskSum> Sums, int Unreadable);

/// <summary>The stays whose fees are at risk, one by one.</summary>
/// <param name="AsOf">When they were judged.</param>
/// <param name="Stays">The oldest first, at most 1,000. Without plates; fees have no lines.</param>
/// <param name="LeftOut">How many more there are.</param>
/// <param name="Unreadable">The number of timelines that could not be read.</param>
public sealed record StaysAtRiskAnswer(Instant AsOf, IReadOnlyList<StayAnswer> Stays, int LeftOut, int Unreadable);

/// <summary>The stays of one facility in one state.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="State"><c>provisional</c>, <c>conflicting</c> or <c>uncollectable</c>.</param>
/// <param name="Stays">The number of stays.</param>
/// <param name="Amount">The largest possible sum of their fees, in minor units.</param>
/// <param name="Currency">ISO 4217 code; absent if none of them has a price.</param>
/// <param name="Unpriced">The number of these stays that could not be priced.</param>
public sealed record RiskSum(string Facility, StayState State, int Stays, long Amount, string? Currency, int Unpriced);

/// <summary>The result of a rebuild of spaces.</summary>
/// <param name="Restored">The number of missing spaces that were added for open stays.</param>
/// <param name="GivenBack">The number of spaces removed because no open stay has them.</param>
/// <param name="Unreadable">The number of timelines that could not be read. Their spaces were not changed.</param>
public sealed record RebuildAnswer(int Restored, int GivenBack, int Unreadable);

/// <summary>How reliable the data of a stay is. The numbers and names are public: values may be added, never changed or removed.</summary>
public enum StayState
{
    /// <summary>What the barrier did for one of its scans is not known yet.</summary>
    Provisional = 1,

    /// <summary>All known events of the stay are consistent.</summary>
    Settled = 2,

    /// <summary>It cannot be trusted as it is, and a person should look at it: <see cref="StayAnswer.Doubts"/> says why.</summary>
    Conflicting = 3,

    /// <summary>The entry or the exit was not recorded, so the stay has no fee.</summary>
    Uncollectable = 4,

    /// <summary>It became part of another stay, which its record names.</summary>
    Superseded = 5,

    /// <summary>The event behind it did not happen: the vehicle backed out, or the barrier stayed shut.</summary>
    Withdrawn = 6,
}

/// <summary>Why a stay cannot be trusted. The numbers and names are public: values may be added, never changed or removed.</summary>
public enum StayDoubt
{
    /// <summary>Nothing proves when the vehicle entered: the gate's clock was wrong.</summary>
    EntryTime = 1,

    /// <summary>Nothing proves when the vehicle left: the gate's clock was wrong.</summary>
    ExitTime = 2,

    /// <summary>The vehicle was at two facilities at once.</summary>
    TwoPlaces = 4,

    /// <summary>One code opened two barriers.</summary>
    CodeUsedTwice = 8,

    /// <summary>It is longer than a stay at its facility can plausibly be.</summary>
    TooLong = 16,

    /// <summary>The exit named another vehicle of the same person than the one that is known to be parked there.</summary>
    OtherVehicle = 32,

    /// <summary>
    /// The entry was not recorded, and the plate was parked there under another person when it left. Only operators are told.
    /// </summary>
    OtherHolder = 64,
}

/// <summary>How a stay ended. The numbers and names are public: values may be added, never changed or removed.</summary>
public enum StayEnding
{
    /// <summary>The stay has not ended.</summary>
    Open = 0,

    /// <summary>Entry and exit were recorded.</summary>
    Exited = 1,

    /// <summary>The vehicle entered again, here or elsewhere, without a recorded exit.</summary>
    MissedExit = 2,

    /// <summary>The vehicle left without a recorded entry.</summary>
    MissedEntry = 3,

    /// <summary>An inventory found that the vehicle was not present.</summary>
    Inventory = 4,
}
