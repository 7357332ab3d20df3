using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Ports;

/// <summary>
/// Keeps, in each facility's slot, the state of the events in its gates' journals: to which content an event's number is bound, which
/// events are pending, what was answered, and how far each journal is acknowledged without a gap.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface IJournalStore
{
    /// <summary>How long an answer is kept at least, for a gate that repeats its scan: the offline horizon of 7 days, plus 1 day.</summary>
    static readonly Duration AnswerRetention = Duration.FromDays(8);

    /// <summary>
    /// Binds an event's identity to its content before anything is decided, notes it as pending, and takes a space if one is requested. The
    /// space is granted if the event has it already, or if one is free; the space to be replaced counts as free. Returns how many other
    /// spaces are taken.
    /// </summary>
    /// <remarks>
    /// An event that is pending already is noted again with the <see cref="PendingEvent.ReservedAt"/> of this call: its handler is alive.
    /// </remarks>
    Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space);

    /// <summary>
    /// Returns how far a journal is acknowledged without a gap, and what is kept of the requested events, in their order; null where
    /// nothing is kept.
    /// </summary>
    Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs);

    /// <summary>
    /// Ends the handling of an event: keeps the answer unless one is kept already, ends the pending state, gives back
    /// <paramref name="giveBack"/>, and advances the journal's contiguous prefix. Needs no reservation before it.
    /// </summary>
    Task<Marking> MarkAsync(
        FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack);

    /// <summary>
    /// Forgets a pending event that came to nothing, and gives back its space, if it is still pending exactly as <paramref name="listed"/>
    /// by <see cref="PendingAsync"/>. An event that was answered or reserved again meanwhile is left as it is.
    /// </summary>
    /// <returns>Whether it was forgotten.</returns>
    Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed);

    /// <summary>
    /// Returns the events that were reserved at or before <paramref name="reservedBy"/> and are still pending, oldest first, at most
    /// <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit);

    /// <summary>
    /// Counts in events of a journal that are known to be decided: for a rebuild after the facility's slot was lost. The contiguous prefix
    /// advances over them as over answered events. Those beyond a gap wait until the gap closes.
    /// </summary>
    Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known);

    /// <summary>
    /// Counts in all numbers of a journal up to and including <paramref name="through"/>, whatever is known of them: the store has lost
    /// them, and their gate no longer has them either.
    /// </summary>
    /// <returns>The contiguous prefix afterwards.</returns>
    Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through);

    /// <summary>
    /// Returns the contiguous prefix of each of <paramref name="journals"/>, in their order; 0 for a journal that is not known.
    /// </summary>
    Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals);

    /// <summary>
    /// Drops kept answers of events that were answered at or before <paramref name="answeredBy"/>. This is garbage collection: no rule
    /// depends on it. A store whose answers expire by themselves (after <see cref="AnswerRetention"/>) does nothing.
    /// </summary>
    Task ForgetAnswersAsync(Instant answeredBy);
}

/// <summary>
/// A scan, or another event that changes something, whose handling has begun. The holder is 0 if the event concerns none. If the handling
/// never ends, the sweep finds the event here and finishes or forgets it.
/// </summary>
/// <remarks><see cref="ReservedAt"/> is the time of the latest reservation, with a precision of 100 ns.</remarks>
public readonly record struct PendingEvent(GateEventId Scan, HolderId Holder, Fingerprint Content, Instant ReservedAt);

/// <summary>Requests a space for the scan that is being reserved.</summary>
/// <param name="Capacity">How many spaces may be taken in all; null where the facility does not enforce its capacity.</param>
/// <param name="Replaces">
/// The space of a stay at the same facility that this entry is about to end; null if there is none. It counts as free, but stays taken
/// until it is given back.
/// </param>
public readonly record struct SpaceRequest(int? Capacity, GateEventId? Replaces);

/// <summary>The result of reserving.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">For <see cref="ReservationStatus.Answered"/>, the bytes of the first answer; otherwise empty.</param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix.</param>
/// <param name="OthersTaken">
/// If a space was requested: how many others were taken in that same step. The space to be replaced and the event's own do not count.
/// Otherwise 0.
/// </param>
public readonly record struct Reservation(
    ReservationStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough, int OthersTaken = 0);

/// <summary>The outcomes of <see cref="IJournalStore.ReserveAsync"/>.</summary>
public enum ReservationStatus
{
    /// <summary>The identity is bound and pending; the space, if one was requested, is taken.</summary>
    Reserved,

    /// <summary>The identity is bound and pending; others have taken every space.</summary>
    Full,

    /// <summary>This very event was answered before; its answer is returned. Nothing changed.</summary>
    Answered,

    /// <summary>Another content is bound to this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>The identity lies within the journal's prefix, but its answer is no longer kept. Nothing changed.</summary>
    Forgotten,
}

/// <summary>The result of marking.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Answer">
/// The answer that stands: the given one, or the one that was kept before. Empty for <see cref="MarkingStatus.OtherContent"/> and
/// <see cref="MarkingStatus.Forgotten"/>.
/// </param>
/// <param name="AcknowledgedThrough">The journal's contiguous prefix after this step.</param>
public readonly record struct Marking(MarkingStatus Status, ReadOnlyMemory<byte> Answer, long AcknowledgedThrough);

/// <summary>The outcomes of <see cref="IJournalStore.MarkAsync"/>.</summary>
public enum MarkingStatus
{
    /// <summary>The given answer is kept.</summary>
    Kept,

    /// <summary>An answer was kept before, and stands.</summary>
    KeptBefore,

    /// <summary>Another content is bound to this identity. Nothing changed.</summary>
    OtherContent,

    /// <summary>
    /// The identity lies within the journal's prefix, but its answer is no longer kept. Only the spaces given back changed.
    /// </summary>
    Forgotten,
}

/// <summary>What a facility's slot knows of a journal.</summary>
/// <param name="AcknowledgedThrough">Its contiguous prefix.</param>
/// <param name="Answers">What is kept of the requested events, in their order; null where nothing is kept.</param>
public readonly record struct JournalView(long AcknowledgedThrough, IReadOnlyList<KeptAnswer?> Answers);

/// <summary>What is kept of an answered event.</summary>
/// <param name="Content">The fingerprint of what was sent.</param>
/// <param name="Answer">What was answered.</param>
public readonly record struct KeptAnswer(Fingerprint Content, ReadOnlyMemory<byte> Answer);

/// <summary>One journal of one gate.</summary>
public readonly record struct GateJournal(GateId Gate, JournalId Journal);
