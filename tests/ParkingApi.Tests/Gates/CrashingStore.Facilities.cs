using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

/// <summary>The facility's own facts.</summary>
internal sealed partial class CrashingStore
{
    public Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content) =>
        StepAsync(() => store.CommitLogAsync(facility, expectedVersion, content));

    public Task<StoreLife> LifeAsync() => store.LifeAsync();

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) =>
        store.AcknowledgedAsync(facility, journals);

    public Task<StoredLog> LoadLogAsync(FacilityId facility) => store.LoadLogAsync(facility);

    public Task SetClosedAsync(FacilityId facility, bool isClosed) => store.SetClosedAsync(facility, isClosed);

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard) => store.HearAsync(facility, heard);

    public Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities) => store.GlanceAsync(facilities);
}
