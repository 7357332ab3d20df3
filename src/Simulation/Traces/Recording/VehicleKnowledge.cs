using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// The places of vehicles in the books of a service that receives only this trace. The trace does not say which vehicles were parked when
/// the recording began, how full a facility was, or what a gate decided alone. After an event that depends on one of these, the vehicle's
/// place is uncertain. Scans must be given in order of time.
/// </summary>
internal sealed class VehicleKnowledge
{
    private readonly Dictionary<string, Dictionary<string, Place>> _places = [];
    private readonly Dictionary<string, int> _told = [];

    /// <summary>The service received something about a driver.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="order">Its position in the order in which the service received everything.</param>
    public void Note(string driver, int order) => _told[driver] = Math.Max(order, _told.GetValueOrDefault(driver));

    /// <summary>
    /// Whether a replay will decide the scan in the same way. This requires that the service knew everything that had happened by then.
    /// </summary>
    /// <param name="scan">A scan of a valid code of the driver.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="order">Its position in the order in which the service received everything. Events that happened before it and came
    /// after it were not known.</param>
    public bool Explains(RecordedLine scan, string facility, int order) =>
        _told.GetValueOrDefault(scan.Driver!, -1) < order && PlaceOf(scan) is var place && scan.Reason switch
        {
            ScanReason.Entered => place is null or { IsCertain: true, Facility: null },
            ScanReason.MissedEntry or ScanReason.CallAttendant =>
                place is null || (place is { IsCertain: true } && place.Facility != facility),
            ScanReason.Exited => place is { IsCertain: true } && place.Facility == facility,
            ScanReason.EnteredAfterMissedExit or ScanReason.AlreadyParked => place is { IsCertain: true, Facility: not null },
            _ => false,
        };

    /// <summary>A vehicle passed.</summary>
    /// <param name="scan">The vehicle's scan.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="isEntry">Whether it entered.</param>
    /// <param name="isExplained">Whether a replay will decide the scan in the same way.</param>
    public void NotePassed(RecordedLine scan, FacilityPlan facility, bool isEntry, bool isExplained)
    {
        var before = PlaceOf(scan);

        // A replay does not know vehicles that were parked before the recording began. It lets such a vehicle enter, because the facility
        // is at most as full as it was. It lets it leave unless the facility calls an attendant.
        var isCertain = isExplained
            || (isEntry
                ? scan.Reason == ScanReason.EnteredAfterMissedExit && before is null
                : RecordedActs.Opens(scan) && facility.MissedEntry == MissedEntryPolicy.Open);
        Vehicles(scan.Driver!)[scan.Vehicle ?? ""] = isEntry ? new(isCertain, facility.Id, scan.Stay) : new(isCertain);
    }

    /// <summary>An inventory closed stays of a driver. A trace can only close all stays of a driver at a facility.</summary>
    /// <returns>Whether these are all stays that the books have there, and at least one.</returns>
    public bool Close(string driver, IReadOnlyCollection<string> stays, string facility)
    {
        var here = Vehicles(driver).Where(one => one.Value.Facility == facility).ToList();
        var closed = here.Where(one => one.Value.Stay is { } stay && stays.Contains(stay)).ToList();
        var isAll = closed.Count > 0 && closed.Count == here.Count && closed.TrueForAll(one => one.Value.IsCertain);
        closed.ForEach(one => Vehicles(driver)[one.Key] = new(isAll));
        return isAll;
    }

    private Place? PlaceOf(RecordedLine scan) => Vehicles(scan.Driver!).GetValueOrDefault(scan.Vehicle ?? "");

    private Dictionary<string, Place> Vehicles(string driver)
    {
        if (!_places.TryGetValue(driver, out var vehicles))
        {
            _places.Add(driver, vehicles = []);
        }
        return vehicles;
    }

    /// <param name="IsCertain">Whether the books of a replay are sure to have this place.</param>
    /// <param name="Facility">The facility; null if it is parked nowhere.</param>
    /// <param name="Stay">The stay's id.</param>
    private sealed record Place(bool IsCertain, string? Facility = null, string? Stay = null);
}
