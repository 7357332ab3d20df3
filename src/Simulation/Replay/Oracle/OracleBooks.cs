using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>The expected books, computed from all physical events and from no answer of the service.</summary>
internal sealed class OracleBooks
{
    private OracleBooks(
        LostEvents lost, IReadOnlyList<Passage> passages, IReadOnlyDictionary<string, IReadOnlyList<OracleStay>> stays,
        IReadOnlyDictionary<string, OccupancyCurve> occupancy)
    {
        Lost = lost;
        Passages = passages;
        ByDriver = stays;
        Occupancy = occupancy;
    }

    /// <summary>What was lost with the disks of gates.</summary>
    public LostEvents Lost { get; }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>The stays of each driver who passed a gate.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<OracleStay>> ByDriver { get; }

    public IEnumerable<OracleStay> Stays => ByDriver.Values.SelectMany(stays => stays);

    /// <summary>The occupancy of each facility.</summary>
    public IReadOnlyDictionary<string, OccupancyCurve> Occupancy { get; }

    public static OracleBooks Of(ReplayRecording recording)
    {
        var lost = new LostEvents(recording.DiskLosses);
        var passages = Passage.Of(recording.Showings, lost).ToList();
        var passagesOf = passages.ToLookup(passage => passage.Driver);
        var closingsOf = recording.Inventories.Where(inventory => !lost.Has(inventory))
            .SelectMany(inventory => inventory.Closes.Select(
                named => (named.Driver, Closing: new InventoryClosing(inventory.Line, inventory.At, inventory.Facility, named.EnteredAt))))
            .ToLookup(named => named.Driver, named => named.Closing);
        var changes = recording.City.Facilities.ToDictionary(facility => facility.Id, _ => new List<(Instant At, int Change)>());
        var longest = recording.City.Facilities.ToDictionary(
            facility => facility.Id, facility => Duration.FromHours(facility.LongestStayHours));
        var stays = new Dictionary<string, IReadOnlyList<OracleStay>>();
        foreach (var driver in passagesOf)
        {
            var history = new DriverHistory((at, facility, change) => changes[facility].Add((at, change)));
            history.Walk([.. driver], [.. closingsOf[driver.Key]]);
            foreach (var stay in history.Stays)
            {
                stay.Limit(longest[stay.Facility], recording.Run.Ends);
            }
            stays.Add(driver.Key, history.Stays);
        }
        ContradictForeignPlates(recording, stays);
        return new(lost, passages, stays, changes.ToDictionary(facility => facility.Key, facility => new OccupancyCurve(facility.Value)));
    }

    /// <summary>An exit without an entry is conflicting if its plate was parked there under another driver.</summary>
    private static void ContradictForeignPlates(ReplayRecording recording, Dictionary<string, IReadOnlyList<OracleStay>> stays)
    {
        var vehicles = recording.Drivers.ToDictionary(driver => driver.Name, driver => driver.Vehicles);
        var parked = stays.Values.SelectMany(own => own).Where(stay => stay is { Entry: not null, Vehicle: > 0 })
            .ToLookup(stay => (stay.Facility, PlateOf(stay)));
        foreach (var exit in stays.Values.SelectMany(own => own).Where(stay => stay is { Entry: null, Vehicle: > 0 }))
        {
            var others = parked[(exit.Facility, PlateOf(exit))].Where(stay => stay.Driver != exit.Driver);
            if (others.Any(stay => stay.EnteredAt <= exit.EndedAt && (stay.EndedAt is not { } ended || ended > exit.EndedAt)))
            {
                exit.Contradict();
            }
        }

        // Without a listed vehicle there is no plate to share.
        string PlateOf(OracleStay stay) =>
            vehicles[stay.Driver].ElementAtOrDefault(stay.Vehicle - 1)?.Plate ?? $"{stay.Driver}/{stay.Vehicle}";
    }
}
