using NodaTime;
using Parking.Accounts;
using Parking.Api.Archive;
using Parking.Api.Cases;
using Parking.Api.Devices;
using Parking.Api.Stays;
using Parking.Api.Vehicles;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Cases;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Contracts;
using Parking.Devices;
using Parking.Events;
using Parking.Ports;
using Parking.Timelines;
using Vehicle = Parking.Accounts.Vehicle;

namespace Parking.Api.PersonalData;

/// <summary>
/// Puts together what is kept of a citizen: the vehicle account, the timeline with what follows from it, the archived stays, and the cases.
/// </summary>
internal sealed class Export(
    HolderRegistry holders,
    VehicleSharing sharing,
    ITimelineStore timelines,
    StayDescription description,
    StaySearch archive,
    CaseSearch cases,
    DeviceRegistry devices,
    DeviceIds ids,
    IClock clock)
{
    private const int ArchivedAtOnce = 200;

    /// <summary>Everything that is kept, whether it is due to be trimmed or not.</summary>
    /// <exception cref="BackOfficeUnavailableException">The back office is out of reach: there may be archived stays and cases.</exception>
    public async Task<ExportAnswer> MakeAsync(CitizenKey citizen, CancellationToken cancellationToken)
    {
        var holder = await holders.HolderOfAsync(citizen);
        var now = clock.GetCurrentInstant();
        var account = await holders.LoadAccountAsync(holder);
        var timeline = TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content);
        var acts = timeline.Events.OfType<ActEvent>().ToLookup(act => act.Scan);
        return new()
        {
            AsOf = now,
            Vehicles = [.. account.All.Select(Told)],
            Entitlements = account.Entitlements.Names,
            SharedVehicles = (await sharing.ListAsync(holder, account)).ToContract().Vehicles,
            Stays = [.. StayHistory.Of(timeline).Select(record => description.Describe(holder, record, account, now, inFull: true))],
            ArchivedStays = ListOrNull(await ArchivedAsync(holder, account, cancellationToken)),
            Scans = [.. timeline.Scans.Select(scan => Told(scan, acts[scan.Id]))],
            Cases = ListOrNull((await cases.OfHolderAsync(holder, kind: null, cancellationToken)).Select(one => one.ToExport())),
            Devices = ListOrNull((await devices.LoadAsync(holder)).Listed.Select(device => device.ToContract(holder, ids))),
        };
    }

    private async Task<List<MyArchivedStay>> ArchivedAsync(
        HolderId holder, VehicleAccount account, CancellationToken cancellationToken)
    {
        var plates = account.PlatesEver.ToList();
        var stays = new List<MyArchivedStay>();
        ArchiveCursor? after = null;
        do
        {
            var page = await archive.OfHolderAsync(holder, plates, ArchivedAtOnce, after, cancellationToken);
            stays.AddRange(page.Stays.Select(stay => stay.ToOwnersContract()));
            after = page.Next;
        }
        while (after is not null);
        return stays;
    }

    private static ExportedVehicle Told(Vehicle vehicle) => new()
    {
        Number = vehicle.Slot.Value,
        Plate = vehicle.Plate?.Value,
        Class = vehicle.Class.ToContract(),
        RemovedAt = vehicle.RemovedAt,
        FormerPlates = ListOrNull(
            vehicle.Former.Select(former => new ExportedPlate { Plate = former.Plate.Value, Until = former.Until })),
        Shares = ListOrNull(vehicle.SharesAsContract(Instant.MinValue)),
    };

    private static ExportedScan Told(ScanEvent scan, IEnumerable<ActEvent> acts) => new()
    {
        Event = scan.Id.ToString(),
        Facility = scan.Facility.Value,
        Direction = scan.Direction,
        At = scan.OccurredAt,
        LatestAt = scan.LatestAt,
        RecordedAt = scan.RecordedAt,
        Reason = scan.Decision.Reason,
        Vehicle = scan.Vehicle.NamesVehicle ? scan.Vehicle.Value : null,
        Code = scan.Code.ToString(),
        Terms = scan.Terms is { } terms
            ? new()
            {
                TariffVersion = terms.TariffVersion,
                Class = terms.VehicleClass.ToContract(),
                OccupancyPercent = terms.OccupancyPercent,
                Entitlements = terms.Entitlements.Names,
            }
            : null,
        Acts = ListOrNull(acts.Select(act =>
            new ExportedAct { Act = act.Act, At = act.OccurredAt, RecordedAt = act.RecordedAt, Reason = act.Reason })),
    };

    private static IReadOnlyList<T>? ListOrNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
