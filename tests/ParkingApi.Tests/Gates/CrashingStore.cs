using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// A store whose caller dies at a chosen step: just before the step is carried out, or just after, without learning the outcome.
/// </summary>
internal sealed partial class CrashingStore(ILiveStore store) : ILiveStore
{
    private int _stepsUntilCrash = int.MaxValue;
    private bool _isCarriedOut;

    /// <summary>The process dies at the step with this number, counted from 0.</summary>
    public void CrashAt(int step, bool isCarriedOut) => (_stepsUntilCrash, _isCarriedOut) = (step, isCarriedOut);

    public void Recover() => _stepsUntilCrash = int.MaxValue;

    public Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        StepAsync(() => store.CommitAsync(holder, expectedVersion, content));

    public Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space) =>
        StepAsync(() => store.ReserveAsync(facility, scan, space));

    public Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs) =>
        store.LookUpAsync(facility, gate, journal, seqs);

    public Task<Marking> MarkAsync(
        FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack) =>
        StepAsync(() => store.MarkAsync(facility, scan, content, answer, giveBack));

    public Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        StepAsync(() => store.GiveBackAsync(facility, spaces));

    public Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces) =>
        StepAsync(() => store.RestoreAsync(facility, holder, spaces));

    public Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed) => store.AbandonAsync(facility, listed);

    public Task<StoredTimeline> LoadAsync(HolderId holder) => store.LoadAsync(holder);

    public IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken) => store.HoldersAsync(cancellationToken);

    public Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities) => store.CountSpacesAsync(facilities);

    public IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, CancellationToken cancellationToken) =>
        store.SpacesAsync(facility, cancellationToken);

    public Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        store.AreTakenAsync(facility, spaces);

    public Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit) =>
        store.PendingAsync(facility, reservedBy, limit);

    public Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known) =>
        store.AcknowledgeAsync(facility, gate, journal, known);

    public Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through) =>
        store.PassOverAsync(facility, gate, journal, through);

    public Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit) => store.OutgoingAsync(limit);

    public Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries) => store.RemoveOutgoingAsync(entries);

    public Task ForgetAnswersAsync(Instant answeredBy) => store.ForgetAnswersAsync(answeredBy);

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);

    private async Task<T> StepAsync<T>(Func<Task<T>> step)
    {
        var crashes = _stepsUntilCrash-- == 0;
        if (crashes && !_isCarriedOut)
        {
            throw new CrashException();
        }

        var result = await step();
        return crashes ? throw new CrashException() : result;
    }
}
