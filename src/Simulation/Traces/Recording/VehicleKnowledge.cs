using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Recording;

/// <summary>
/// Where vehicles are in the books of a service that is told the trace from the beginning, and nothing else. What was parked when the
/// recording began, how full a facility was, and what a gate decided alone is not in the trace: after what depends on that, a vehicle is
/// anywhere. Told scans in order of time.
/// </summary>
internal sealed class VehicleKnowledge
{
    private readonly Dictionary<string, Dictionary<string, Place>> _places = [];
    private readonly Dictionary<string, int> _told = [];

    /// <summary>The service was told something of a driver.</summary>
    /// <param name="driver">Of whom.</param>
    /// <param name="order">The how-manieth thing it was that the service was told.</param>
    public void Note(string driver, int order) => _told[driver] = Math.Max(order, _told.GetValueOrDefault(driver));

    /// <summary>Whether a scan that was decided with everything known that had happened by then will be decided so again.</summary>
    /// <param name="scan">One that showed a driver's own, living code.</param>
    /// <param name="facility">Where.</param>
    /// <param name="order">The how-manieth thing it was that the service was told: what happened before and came after was not
    /// known.</param>
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

    /// <summary>A vehicle went through.</summary>
    /// <param name="scan">With this scan.</param>
    /// <param name="facility">Where.</param>
    /// <param name="isEntry">Into it, or out of it.</param>
    /// <param name="isExplained">Whether a service decides the scan in the same way again.</param>
    public void NotePassed(RecordedLine scan, FacilityPlan facility, bool isEntry, bool isExplained)
    {
        var before = PlaceOf(scan);

        // Of a vehicle that was parked before the recording began a service knows nothing: it lets it in, since it is at most as full as it
        // was, and out, unless attendants are asked.
        var isCertain = isExplained
            || (isEntry
                ? scan.Reason == ScanReason.EnteredAfterMissedExit && before is null
                : RecordedActs.Opens(scan) && facility.MissedEntry == MissedEntryPolicy.Open);
        Vehicles(scan.Driver!)[scan.Vehicle ?? ""] = isEntry ? new(isCertain, facility.Id, scan.Stay) : new(isCertain);
    }

    /// <summary>
    /// Somebody looked, and these stays of a driver are over. A trace can only say that all of the driver's at a facility are.
    /// </summary>
    /// <returns>Whether there are any by the books, and no other.</returns>
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

    /// <param name="IsCertain">Whether the books surely say so.</param>
    /// <param name="Facility">Where it is parked; null: nowhere.</param>
    /// <param name="Stay">Since which scan.</param>
    private sealed record Place(bool IsCertain, string? Facility = null, string? Stay = null);
}
