using Parking.Simulation.Cities;
using Parking.Simulation.Clients;
using Parking.Simulation.Operators;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>
/// Checks the demo's result after all drivers are done: compares the demo's own count of vehicles with every way in which the service
/// reports them.
/// </summary>
internal sealed class DemoChecks(
    CityPlan city, DemoBoard board, Attendance attendance, IReadOnlyDictionary<string, int> occupiedBefore, TimeProvider time)
{
    /// <summary>
    /// How long the last messages may take to arrive. An idle machine needs a tenth of a second. The full time is waited only if something
    /// is wrong.
    /// </summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks that every tap got its expected decision.</summary>
    public CheckResult CheckDecisions()
    {
        var records = board.Records;
        return new CheckResult(
            "every decision is the expected one",
            $"{records.Count} taps",
            [.. records.Where(record => !record.IsAsExpected).Select(record =>
                $"{record.Tap.Driver} at {record.Tap.Gate.Id}: expected {record.Tap.Expected}, got "
                    + $"{record.Fault ?? $"{record.Showing?.Reason}"}")]);
    }

    /// <summary>Checks the published occupancy.</summary>
    public async Task<CheckResult> CheckFacilitiesAsync(PublicBoard service, CancellationToken cancellationToken)
    {
        IReadOnlyList<FacilityView> facilities = [];
        await SettleAsync(
            async () =>
            {
                facilities = await service.GetFacilitiesAsync(cancellationToken);
                return FaultsOf(facilities).Count == 0;
            },
            cancellationToken);
        return new CheckResult("published occupancy equals vehicles inside", $"{city.Facilities.Count} facilities", FaultsOf(facilities));

        List<string> FaultsOf(IReadOnlyList<FacilityView> views) =>
            Compare(id => views.FirstOrDefault(view => view.Id == id)?.Occupancy?.Occupied);
    }

    /// <summary>Checks what the operator's screen shows, and that it missed no message.</summary>
    public async Task<IReadOnlyList<CheckResult>> CheckScreenAsync(OperatorScreen screen, CancellationToken cancellationToken)
    {
        var feed = screen.Feed;
        await SettleAsync(() => Task.FromResult(FaultsOf().Count == 0 && !feed.IsInDoubt), cancellationToken);
        var shown = new CheckResult("occupancy over SignalR equals the vehicles inside", $"{feed.Messages} messages", FaultsOf());

        // A new snapshot must say nothing new.
        var known = feed.Latest.ToDictionary(entry => entry.Key, entry => entry.Value.Occupied);
        var before = feed.Snapshots;
        await screen.RefreshAsync(cancellationToken);
        await SettleAsync(() => Task.FromResult(feed.Snapshots > before), cancellationToken);
        var missed = feed.Latest.Values.Where(state => known.GetValueOrDefault(state.Facility) != state.Occupied)
            .Select(state => $"{state.Facility}: last heard {known.GetValueOrDefault(state.Facility)}, the snapshot has {state.Occupied}");
        return [shown, new CheckResult("no message was missed", $"{feed.Snapshots} snapshots", [.. missed])];

        List<string> FaultsOf() => Compare(id => feed.Latest.GetValueOrDefault(id)?.Occupied);
    }

    /// <summary>Checks the open stays on the drivers' phones.</summary>
    public async Task<CheckResult> CheckStaysAsync(
        IReadOnlyList<(DriverPlan Driver, CitizenPhone Phone)> sample, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var (driver, phone) in sample)
        {
            var stays = await phone.GetStaysAsync(cancellationToken);
            var told = stays.Open.Select(stay => (stay.Facility, stay.Plate)).Order().ToList();
            var booked = attendance.OfDriver(driver.Number);
            if (!told.SequenceEqual(booked))
            {
                faults.Add($"{driver}: the phone says [{Describe(told)}], the book says [{Describe(booked)}]");
            }
        }
        return new CheckResult("each driver's open stays are where the vehicles are", $"{sample.Count} drivers", faults);
    }

    /// <summary>Checks that the fees at the gates are those on the drivers' phones.</summary>
    public async Task<CheckResult> CheckFeesAsync(
        IReadOnlyList<(DriverPlan Driver, CitizenPhone Phone)> payers, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var charged = board.Records.Where(record => record.Answer?.Fee is not null).ToLookup(
            record => record.Tap.Driver, record => record.Answer!);
        var compared = 0;
        foreach (var (driver, phone) in payers.Where(payer => charged.Contains(payer.Driver)))
        {
            var stays = await phone.GetStaysAsync(cancellationToken);
            foreach (var answer in charged[driver])
            {
                var told = stays.Recent.FirstOrDefault(stay => stay.Id == answer.Stay!.Id)?.Quote;
                compared++;
                if (told?.Total != answer.Fee!.Total)
                {
                    faults.Add($"{driver}: the gate charged {answer.Fee.Total}, the phone says {told?.Total.ToString() ?? "nothing"}");
                }
                else if (answer.Fee.Lines is { } lines && lines.Sum(line => line.Amount) != answer.Fee.Total)
                {
                    faults.Add($"{driver}: the lines of {answer.Fee.Total} come to {lines.Sum(line => line.Amount)}");
                }
            }
        }
        return new CheckResult("a gate and the phone give the same fee, and its lines add up to it", $"{compared} stays", faults);
    }

    private static string Describe(IEnumerable<(string Facility, string? Plate)> stays) =>
        string.Join(", ", stays.Select(stay => $"{stay.Facility} {stay.Plate}".TrimEnd()));

    private List<string> Compare(Func<string, int?> told) =>
    [
        .. from facility in city.Facilities
           let inside = occupiedBefore[facility.Id] + attendance.CountIn(facility.Id)
           let said = told(facility.Id)
           where said != inside
           select $"{facility.Id}: the service says {said?.ToString() ?? "nothing"}, the book says {inside}",
    ];

    private async Task SettleAsync(Func<Task<bool>> isSettled, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await isSettled() && time.GetElapsedTime(started) < SettlingTime)
        {
            await Task.Delay(PollEvery, time, cancellationToken);
        }
    }
}
