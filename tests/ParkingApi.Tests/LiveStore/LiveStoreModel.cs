using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>
/// What <see cref="ILiveStore"/> means, as plainly as possible: it remembers everything that ever happened, and computes outcomes from
/// that. Used by one thread.
/// </summary>
internal sealed partial class LiveStoreModel : ILiveStore
{
    private readonly Dictionary<HolderId, List<byte[]>> _versions = [];
    private readonly List<OutgoingEntry> _outgoing = [];
    private readonly Dictionary<(FacilityId Facility, GateEventId Scan), HolderId> _spaces = [];
    private readonly Dictionary<(FacilityId Facility, GateEventId Scan), PendingEvent> _pending = [];
    private readonly Dictionary<(FacilityId Facility, GateEventId Scan), (Fingerprint Content, ReadOnlyMemory<byte> Answer)> _answered = [];
    private readonly HashSet<(FacilityId Facility, GateEventId Scan)> _acknowledged = [];

    public Task<StoredTimeline> LoadAsync(HolderId holder) =>
        Task.FromResult(_versions.TryGetValue(holder, out var versions) ? new StoredTimeline(versions.Count, versions[^1]) : default);

    public Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        var versions = _versions.GetValueOrDefault(holder, []);
        if (versions.Count != expectedVersion)
        {
            return Task.FromResult(false);
        }

        _versions[holder] = [.. versions, content.ToArray()];
        _outgoing.Add(new(holder, versions.Count + 1));
        return Task.FromResult(true);
    }

    public IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken) => _versions.Keys.ToAsyncEnumerable();

    public Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space)
    {
        var key = (facility, scan.Scan);
        var prefix = Prefix(facility, scan.Scan.Gate, scan.Scan.Journal);
        var status = Bind(key, scan, prefix);
        if (status != ReservationStatus.Reserved || space is not { } asked)
        {
            return Task.FromResult(new Reservation(status, status == ReservationStatus.Answered ? _answered[key].Answer : default, prefix));
        }

        var others = _spaces.Keys.Count(taken => taken.Facility == facility && taken.Scan != asked.Replaces && taken.Scan != scan.Scan);
        var granted = TryTake(key, scan.Holder, asked, others);
        return Task.FromResult(new Reservation(granted ? ReservationStatus.Reserved : ReservationStatus.Full, default, prefix, others));
    }

    public Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs) =>
        Task.FromResult(new JournalView(
            Prefix(facility, gate, journal),
            [
                .. seqs.Select(seq => _answered.TryGetValue((facility, new(gate, journal, seq)), out var kept)
                    ? new KeptAnswer(kept.Content, kept.Answer)
                    : (KeptAnswer?)null),
            ]));

    public Task<Marking> MarkAsync(
        FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack)
    {
        var key = (facility, scan);
        var before = Prefix(facility, scan.Gate, scan.Journal);
        var known = _answered.ContainsKey(key) || _pending.ContainsKey(key);
        if ((_answered.TryGetValue(key, out var kept) && kept.Content != content)
            || (_pending.TryGetValue(key, out var bound) && bound.Content != content))
        {
            return Task.FromResult(new Marking(MarkingStatus.OtherContent, default, before));
        }

        Changed(facility, giveBack.Count(space => _spaces.Remove((facility, space))));
        if (!known && scan.Seq <= before)
        {
            return Task.FromResult(new Marking(MarkingStatus.Forgotten, default, before));
        }

        _pending.Remove(key);
        var status = _answered.TryAdd(key, (content, answer)) ? MarkingStatus.Kept : MarkingStatus.KeptBefore;
        return Task.FromResult(new Marking(status, _answered[key].Answer, Prefix(facility, scan.Gate, scan.Journal)));
    }

    public Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed)
    {
        var key = (facility, listed.Scan);
        if (!_pending.TryGetValue(key, out var pending) || pending != listed)
        {
            return Task.FromResult(false);
        }

        _pending.Remove(key);
        Changed(facility, _spaces.Remove(key) ? 1 : 0);
        return Task.FromResult(true);
    }

    public Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        Task.FromResult(Changed(facility, spaces.Count(space => _spaces.Remove((facility, space)))));

    public Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces) =>
        Task.FromResult(Changed(facility, spaces.Count(space => _spaces.TryAdd((facility, space), holder))));

    public Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities) =>
        Task.FromResult<IReadOnlyList<int>>([.. facilities.Select(Count)]);

    public IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, CancellationToken cancellationToken) =>
        _spaces.Where(space => space.Key.Facility == facility).Select(space => new Space(space.Key.Scan, space.Value)).ToAsyncEnumerable();

    public Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        Task.FromResult<IReadOnlyList<bool>>([.. spaces.Select(space => _spaces.ContainsKey((facility, space)))]);

    public Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit) =>
        Task.FromResult<IReadOnlyList<PendingEvent>>([.. _pending
            .Where(pending => pending.Key.Facility == facility && pending.Value.ReservedAt <= reservedBy)
            .Select(pending => pending.Value)
            .OrderBy(pending => pending.ReservedAt)
            .Take(limit)]);

    public Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known)
    {
        _acknowledged.UnionWith(known.Select(seq => (facility, new GateEventId(gate, journal, seq))));
        return Task.CompletedTask;
    }

    public async Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through)
    {
        await AcknowledgeAsync(facility, gate, journal, [.. Enumerable.Range(1, (int)through).Select(seq => (long)seq)]);
        return (await AcknowledgedAsync(facility, [new(gate, journal)]))[0];
    }

    public Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit) =>
        Task.FromResult<IReadOnlyList<OutgoingEntry>>([.. _outgoing.Take(limit)]);

    public Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries)
    {
        _outgoing.RemoveAll(entries.Contains);
        return Task.CompletedTask;
    }

    public Task ForgetAnswersAsync(Instant answeredBy) => Task.CompletedTask;

    public Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ReservationStatus Bind((FacilityId Facility, GateEventId Scan) key, PendingEvent scan, long prefix)
    {
        if (_answered.TryGetValue(key, out var kept))
        {
            return kept.Content == scan.Content ? ReservationStatus.Answered : ReservationStatus.OtherContent;
        }

        if (_pending.TryGetValue(key, out var bound))
        {
            if (bound.Content != scan.Content)
            {
                return ReservationStatus.OtherContent;
            }
        }
        else if (key.Scan.Seq <= prefix)
        {
            return ReservationStatus.Forgotten;
        }

        _pending[key] = scan;
        return ReservationStatus.Reserved;
    }

    private bool TryTake((FacilityId Facility, GateEventId Scan) key, HolderId holder, SpaceRequest asked, int others)
    {
        if (!_spaces.ContainsKey(key) && others >= (asked.Capacity ?? int.MaxValue))
        {
            return false;
        }

        Changed(key.Facility, _spaces.TryAdd(key, holder) ? 1 : 0);
        return true;
    }

    private int Count(FacilityId facility) => _spaces.Keys.Count(space => space.Facility == facility);

    private long Prefix(FacilityId facility, GateId gate, JournalId journal)
    {
        var next = EventSequence.First;
        while (IsDone((facility, new(gate, journal, next))))
        {
            next++;
        }

        return next - 1;
    }

    private bool IsDone((FacilityId Facility, GateEventId Scan) key) => _answered.ContainsKey(key) || _acknowledged.Contains(key);
}
