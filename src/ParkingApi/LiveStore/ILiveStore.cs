using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Codes;

namespace Parking.Api.LiveStore;

/// <summary>
/// Where live stays are kept: timelines (the truth, one per holder) and, by facility, what is derived from them: places, marks
/// and answers. A facility has facts of its own, too, which name nobody: its log, its gates' signs of life, and whether it is
/// closed. Two implementations, one contract (<c>LiveStoreContract</c> in the tests).
/// </summary>
/// <remarks>
/// <para>Every method is one atomic step touching one holder or one facility, and safe to repeat: a caller that does not
/// learn the outcome does it again. Nothing here decides; the rules are in <see cref="Stays"/>.</para>
/// <para>No method takes a cancellation token where it changes state: a write that was sent may still happen after the
/// caller has given up, so giving up would only hide the outcome.</para>
/// <para>A store that cannot be reached throws <see cref="StoreUnavailableException"/> from every method, and works again
/// by itself when it is back.</para>
/// </remarks>
internal interface ILiveStore
{
    /// <summary>How long an answer is kept at least, for a gate that repeats its scan: the offline horizon of seven days, and a day.</summary>
    static readonly Duration AnswerRetention = Duration.FromDays(8);

    /// <summary>Loads a holder's timeline; version 0 and no content if there is none.</summary>
    Task<StoredTimeline> LoadAsync(HolderId holder);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 if the version is still
    /// <paramref name="expectedVersion"/>, and names (holder, new version) in the outgoing list, in one step.
    /// </summary>
    /// <returns>False, and nothing changed, if the version is another by now.</returns>
    Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content);

    /// <summary>Every holder with a timeline, in no order. Holders that appear meanwhile may be missing; one may come twice.</summary>
    IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Binds an event's identity to its content before anything is decided, notes it as pending, and takes a place if one is
    /// asked for: it is granted if the event has it already, or if one is free, where the one it replaces counts as free. Tells how
    /// many others are taken.
    /// </summary>
    /// <remarks>An event that is pending already is noted anew with the <see cref="PendingScan.ReservedAt"/> of this time: its handler lives.</remarks>
    Task<Reservation> ReserveAsync(FacilityId facility, PendingScan scan, PlaceRequest? place);

    /// <summary>How far a journal is acknowledged without a gap, and what is kept of some of its events, in the order asked for; null where nothing is.</summary>
    Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs);

    /// <summary>
    /// Ends the handling of an event: keeps the answer unless one is kept already, ends its being pending, gives back
    /// <paramref name="giveBack"/>, and advances the journal's contiguous prefix. Needs no reservation before it.
    /// </summary>
    Task<Marking> MarkAsync(FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack);

    /// <summary>
    /// Forgets a pending event that came to nothing, and its place, if it is still pending exactly as <paramref name="listed"/>
    /// by <see cref="PendingAsync"/>: one that was answered or reserved again meanwhile is left as it is.
    /// </summary>
    /// <returns>Whether it was forgotten.</returns>
    Task<bool> AbandonAsync(FacilityId facility, PendingScan listed);

    /// <summary>Gives places back. Those that are not taken are passed over.</summary>
    /// <returns>How many were taken until now.</returns>
    Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> places);

    /// <summary>Takes places for stays that are known to be open, whatever the capacity. Those already taken are passed over.</summary>
    /// <returns>How many were not taken until now.</returns>
    Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> places);

    /// <summary>How many places are taken, for each of <paramref name="facilities"/>, in their order.</summary>
    Task<IReadOnlyList<int>> CountPlacesAsync(IReadOnlyList<FacilityId> facilities);

    /// <summary>Every taken place of a facility. Places taken or given back meanwhile may or may not be among them; one may come twice.</summary>
    IAsyncEnumerable<Place> PlacesAsync(FacilityId facility, CancellationToken cancellationToken);

    /// <summary>Which of <paramref name="places"/> are taken, in their order.</summary>
    Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> places);

    /// <summary>Events reserved at or before <paramref name="reservedBy"/> and still pending, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PendingScan>> PendingAsync(FacilityId facility, Instant reservedBy, int limit);

    /// <summary>
    /// Counts in events of a journal that are known to be decided: for a rebuild after the facility's slot was lost. The
    /// contiguous prefix advances over them as over answered ones, and those beyond a gap wait until it closes.
    /// </summary>
    Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known);

    /// <summary>
    /// Counts in all numbers of a journal up to <paramref name="through"/>, whatever is known of them: the store has lost them, and their gate no longer has them either.
    /// </summary>
    /// <returns>The contiguous prefix by then.</returns>
    Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through);

    /// <summary>The oldest entries of the outgoing list (of each part of it, where it is kept in parts), at most <paramref name="limit"/> in all.</summary>
    Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit);

    /// <summary>Removes entries that have been dealt with. An entry written meanwhile, of the same holder at another version, stays.</summary>
    Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries);

    /// <summary>
    /// Drops kept answers of events answered at or before <paramref name="answeredBy"/>: garbage collection, no rule depends on it.
    /// A store whose answers expire by themselves (after <see cref="AnswerRetention"/>) does nothing.
    /// </summary>
    Task ForgetAnswersAsync(Instant answeredBy);

    /// <summary>Asks the store for a sign of life.</summary>
    /// <exception cref="StoreUnavailableException">It gave none, or it is not fit to keep what it is given.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Names this life of the store, in 8 hexadecimal digits: another one says that it was started anew and may have lost its last moments. Costs no question to the store
    /// while the connection to it holds, so a store that went away a moment ago may still be named.
    /// </summary>
    Task<string> EpochAsync();

    /// <summary>The contiguous prefix of each of <paramref name="journals"/>, in their order; 0 for one that is not known.</summary>
    Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals);

    /// <summary>Loads a facility's log; version 0 and no content if there is none.</summary>
    Task<StoredLog> LoadLogAsync(FacilityId facility);

    /// <summary>Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 of the log if the version is still <paramref name="expectedVersion"/>.</summary>
    /// <returns>False, and nothing changed, if the version is another by now.</returns>
    Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content);

    /// <summary>Closes a facility, or opens it again. It is open until it is closed.</summary>
    Task SetClosedAsync(FacilityId facility, bool isClosed);

    /// <summary>Notes signs of life of different gates, each in place of the one before. Without a <see cref="HeardGate.Beat"/> the last one stays noted.</summary>
    Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard);

    /// <summary>What can be seen of each of <paramref name="facilities"/>, in their order. Not one step for all of them, but each is as it was at one moment, or nearly.</summary>
    Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities);
}
