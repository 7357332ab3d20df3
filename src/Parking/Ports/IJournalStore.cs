using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Ports;

/// <summary>
/// Keeps, in each facility's slot, what became of the events of its gates' journals: which content an event's number is bound to, which events are pending, what
/// was answered, and how far each journal is acknowledged without a gap.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface IJournalStore
{
    /// <summary>How long an answer is kept at least, for a gate that repeats its scan: the offline horizon of seven days, and a day.</summary>
    static readonly Duration AnswerRetention = Duration.FromDays(8);

    /// <summary>
    /// Binds an event's identity to its content before anything is decided, notes it as pending, and takes a place if one is
    /// asked for: it is granted if the event has it already, or if one is free, where the one it replaces counts as free. Tells how
    /// many others are taken.
    /// </summary>
    /// <remarks>An event that is pending already is noted anew with the <see cref="PendingEvent.ReservedAt"/> of this time: its handler lives.</remarks>
    Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space);

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
    Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed);

    /// <summary>Events reserved at or before <paramref name="reservedBy"/> and still pending, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit);

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

    /// <summary>The contiguous prefix of each of <paramref name="journals"/>, in their order; 0 for one that is not known.</summary>
    Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals);

    /// <summary>
    /// Drops kept answers of events answered at or before <paramref name="answeredBy"/>: garbage collection, no rule depends on it.
    /// A store whose answers expire by themselves (after <see cref="AnswerRetention"/>) does nothing.
    /// </summary>
    Task ForgetAnswersAsync(Instant answeredBy);
}

/// <summary>A scan, or another event that changes something, whose handling has begun. The holder is 0 where it concerns none. If it never ends, the sweep finds it here and finishes or forgets it.</summary>
/// <remarks><see cref="ReservedAt"/> is kept to the tick of 100 ns, and is that of the latest reservation.</remarks>
public readonly record struct PendingEvent(GateEventId Scan, HolderId Holder, Fingerprint Content, Instant ReservedAt);

/// <summary>Asks for a place in the name of the scan that is being reserved.</summary>
/// <param name="Capacity">The number of places that may be taken in all; null where the facility does not enforce it.</param>
/// <param name="Replaces">The place of a stay at the same facility that this entry is about to end. It counts as free, but stays taken until it is given back.</param>
public readonly record struct SpaceRequest(int? Capacity, GateEventId? Replaces);

/// <summary>What came of reserving.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">The first answer's bytes, for <see cref="ReservationStatus.Answered"/>; otherwise empty.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix.</param>
/// <param name="OthersTaken">
/// Where a place was asked for: how many others were taken in that very step. The one to be replaced, and the event's own, do not count. Otherwise 0.
/// </param>
public readonly record struct Reservation(ReservationStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough, int OthersTaken = 0);

/// <summary>The outcomes of <see cref="IJournalStore.ReserveAsync"/>.</summary>
public enum ReservationStatus
{
    /// <summary>The identity is bound and pending; the place, if one was asked for, is taken.</summary>
    Reserved,

    /// <summary>The identity is bound and pending; every place is taken by others.</summary>
    Full,

    /// <summary>This very event was answered before: here is the answer. Nothing changed.</summary>
    Answered,

    /// <summary>Another content stands under this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>The identity lies within the journal's prefix, but its answer is no longer kept. Nothing changed.</summary>
    Forgotten,
}

/// <summary>What came of marking.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">The answer that stands: the one given, or the one that was there before. Empty for <see cref="MarkingStatus.OtherContent"/> and <see cref="MarkingStatus.Forgotten"/>.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix after this step.</param>
public readonly record struct Marking(MarkingStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough);

/// <summary>The outcomes of <see cref="IJournalStore.MarkAsync"/>.</summary>
public enum MarkingStatus
{
    /// <summary>The answer given is kept.</summary>
    Kept,

    /// <summary>An answer was kept before; it stands.</summary>
    KeptBefore,

    /// <summary>Another content stands under this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>The identity lies within the prefix, but its answer is no longer kept. Nothing but the places given back changed.</summary>
    Forgotten,
}

/// <summary>What a facility's slot knows of a journal.</summary>
/// <param name="AcknowledgedThrough">Its contiguous prefix.</param>
/// <param name="Answers">What is kept of the events that were asked for, in their order; null where nothing is.</param>
public readonly record struct JournalView(long AcknowledgedThrough, IReadOnlyList<KeptAnswer?> Answers);

/// <summary>What is kept of an answered event.</summary>
/// <param name="Content">The fingerprint of what was sent.</param>
/// <param name="Answer">What was answered.</param>
public readonly record struct KeptAnswer(Fingerprint Content, ReadOnlyMemory<byte> Answer);

/// <summary>One journal of one gate.</summary>
public readonly record struct GateJournal(GateId Gate, JournalId Journal);
