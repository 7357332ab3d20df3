using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>A facility's own facts.</summary>
internal sealed partial class LiveStoreModel
{
    private readonly Dictionary<FacilityId, List<byte[]>> _logs = [];
    private readonly HashSet<FacilityId> _closed = [];
    private readonly Dictionary<FacilityId, long> _changes = [];
    private readonly Dictionary<(FacilityId Facility, GateId Gate), HeardGate> _heard = [];

    public Task<StoreLife> LifeAsync() => Task.FromResult(new StoreLife([new("00000001", default, default)]));

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) =>
        Task.FromResult<IReadOnlyList<long>>([.. journals.Select(journal => Prefix(facility, journal.Gate, journal.Journal))]);

    public Task<StoredLog> LoadLogAsync(FacilityId facility) =>
        Task.FromResult(_logs.TryGetValue(facility, out var versions) ? new StoredLog(versions.Count, versions[^1]) : default);

    public Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        var versions = _logs.GetValueOrDefault(facility, []);
        var isExpected = versions.Count == expectedVersion;
        _logs[facility] = isExpected ? [.. versions, content.ToArray()] : versions;
        return Task.FromResult(isExpected);
    }

    public Task SetClosedAsync(FacilityId facility, bool isClosed) =>
        Task.FromResult(Changed(facility, (isClosed ? _closed.Add(facility) : _closed.Remove(facility)) ? 1 : 0));

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard)
    {
        foreach (var sign in heard)
        {
            var before = _heard.GetValueOrDefault((facility, sign.Gate));
            _heard[(facility, sign.Gate)] = sign with { Beat = sign.Beat ?? before.Beat };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities) =>
        Task.FromResult<IReadOnlyList<FacilityGlance>>(
        [
            .. facilities.Select(facility => new FacilityGlance(
                Count(facility),
                _closed.Contains(facility),
                _logs.GetValueOrDefault(facility, []).Count,
                _changes.GetValueOrDefault(facility),
                [.. _heard.Where(heard => heard.Key.Facility == facility).Select(heard => heard.Value)])),
        ]);

    /// <summary>Counts changes.</summary>
    private int Changed(FacilityId facility, int changes)
    {
        _changes[facility] = _changes.GetValueOrDefault(facility) + changes;
        return changes;
    }
}
