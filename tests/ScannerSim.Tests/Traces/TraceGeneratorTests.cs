using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;

namespace Parking.ScannerSim.Tests.Traces;

public class TraceGeneratorTests
{
    private static readonly GenerateOptions Day = new() { Seed = 7, Facilities = 20, Scans = 20_000, Out = "" };
    private static readonly GenerateOptions Small = new() { Seed = 3, Facilities = 5, Scans = 3_000, Days = 2, Out = "" };

    [Fact]
    public void Generate_SameSeed_SameBytes() => Assert.Equal(TestTraces.Generate(Small), TestTraces.Generate(Small));

    [Fact]
    public void Generate_OtherSeed_OtherTrace() =>
        Assert.NotEqual(TestTraces.Generate(Small), TestTraces.Generate(Small with { Seed = 4 }));

    [Fact]
    public async Task Generate_TheReadmesDay_HasTwentyFacilitiesSixtyGatesAndExactlyTheScans()
    {
        var (header, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day));

        Assert.Equal((20, 60), (header.City.Plan.Facilities.Count, header.City.Plan.Facilities.Sum(facility => facility.Gates.Count)));
        Assert.All(header.City.Plan.Facilities, facility => Assert.True(facility.Entries.Any() && facility.Exits.Any()));
        Assert.Equal((20_000, 20_000, events.Count), (events.OfType<TraceScan>().Count(), header.Scans, header.Events));
        Assert.Equal(Duration.FromDays(1), header.Ends - header.Starts);

        // The traffic continues until shortly before the end of the day.
        Assert.True(header.Ends - events.OfType<TraceScan>().Last().At < Duration.FromHours(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Generate_AnySeed_ExpectsOfEachScanWhatTheRulesSay(long seed)
    {
        var (header, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day with { Seed = seed, Days = 3, Scans = 30_000 }));
        var books = new NaiveBooks(header.City.Plan);

        foreach (var next in events)
        {
            if (next is TraceScan scan)
            {
                Assert.Equal((scan, books.Decide(scan)), (scan, scan.Expect));
            }
            else if (next is TraceInventory inventory)
            {
                books.Close(inventory);
            }
        }
        Assert.All(header.City.Plan.Facilities, facility => Assert.True(books.Parked(facility.Id) <= facility.Capacity));
    }

    [Fact]
    public async Task Generate_DefaultProfile_HasEverythingThatGoesWrong()
    {
        var (_, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day with { Scans = 40_000, Days = 2 }));
        var counts = new TraceCounts();
        events.ForEach(counts.Add);

        Assert.Equal(
            [
                "backed_out", "bad_signature", "barrier_fault", "barrier_repaired", "code_used", "entered", "entered_after_missed_exit",
                "exited", "expired", "inventory", "missed_entry", "not_a_code", "opened_by_hand", "tailgating", "unknown_key",
            ],
            counts.Kinds.Select(kind => kind.Key));
        Assert.Contains(events.OfType<TraceInventory>(), inventory => inventory.Closes.Count > 0);
        Assert.Contains(events.OfType<TraceInventory>(), inventory => inventory.Closes.Count == 0 && inventory.Count is not null);
    }

    [Fact]
    public async Task Generate_DefaultProfile_MissesAsManyEntriesAndExitsAsWerePublished()
    {
        // 1.1 % and 2.9 % of the stays. Stays that are open at the end of the trace do not count as missed exits.
        var (_, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day with { Scans = 60_000, Days = 3 }));
        var scans = events.OfType<TraceScan>().Where(scan => scan.Then == VehicleMove.Passed).ToList();
        var entered = scans.Count(scan => scan.Expect is ScanReason.Entered or ScanReason.EnteredAfterMissedExit);
        var missedEntries = scans.Count(scan => scan.Expect == ScanReason.MissedEntry);
        var closed = events.OfType<TraceInventory>().Sum(inventory => inventory.Closes.Count);
        var missedExits = scans.Count(scan => scan.Expect == ScanReason.EnteredAfterMissedExit) + closed;

        Assert.InRange((double)missedEntries / entered, 0.009, 0.013);
        Assert.InRange((double)missedExits / entered, 0.018, 0.030);
    }

    [Fact]
    public async Task Generate_AtOneGate_VehiclesAreApartAndNothingPassesABrokenBarrier()
    {
        var (_, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day));
        var lanes = events
            .Where(next => next is TraceScan or TraceOpenedByHand or TraceIncident { Incident: not GateIncident.Tailgating })
            .GroupBy(next => next.Gate);
        foreach (var lane in lanes)
        {
            var isBroken = false;
            TraceEvent? before = null;
            foreach (var next in lane)
            {
                isBroken = next is TraceIncident incident ? incident.Incident == GateIncident.BarrierFault : isBroken;
                Assert.False(isBroken && next is not TraceIncident, $"{next}");
                Assert.True(before is null || next is TraceIncident || next.At - before.At >= Duration.FromSeconds(6), $"{before} {next}");
                before = next;
            }
        }
    }

    [Fact]
    public async Task Generate_SameLabel_IsShownTwiceWithinAMinuteByOneDriver()
    {
        var (_, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day));
        var labels = events.OfType<TraceScan>()
            .Where(scan => scan.Code is not null).GroupBy(scan => scan.Code)
            .Select(group => group.ToList()).ToList();

        Assert.NotEmpty(labels);
        Assert.All(labels, scans =>
        {
            Assert.InRange(scans.Count, 1, 2);
            Assert.Single(scans.Select(scan => (scan.Driver, scan.Vehicle)).Distinct());
            Assert.True(scans[^1].At - scans[0].At < Duration.FromMinutes(1));
        });
    }

    [Fact]
    public async Task Generate_OneDriver_HasOneVehicleAndAPlateThatIsNobodys()
    {
        var (_, events) = await TestTraces.ReadAsync(TestTraces.Generate(Day));

        Assert.All(
            events.OfType<TraceScan>().GroupBy(scan => scan.Driver),
            scans => Assert.Single(scans.Select(scan => scan.Vehicle).Distinct()));
        Assert.All(
            events.OfType<TraceScan>().Where(scan => scan.Vehicle is not null),
            scan => Assert.Matches("^SIM[0-9]{6}$", scan.Vehicle!.Plate));
    }

    [Fact]
    public async Task Generate_ZeroStays_AreEntryThenExitAtTheSameTime()
    {
        var profile = CityProfile.LoadDefault();
        var (_, events) = await TestTraces.ReadAsync(
            TestTraces.Generate(Small, profile with { Shares = profile.Shares with { ZeroStays = 0.2 } }));
        var zero = events.OfType<TraceScan>().GroupBy(scan => (scan.Driver, scan.At)).Where(group => group.Count() > 1).ToList();

        Assert.True(zero.Count > 50);
        Assert.All(zero, scans => Assert.Equal(
            [ScanReason.Entered, ScanReason.Exited],
            scans.Select(scan => scan.Expect == ScanReason.EnteredAfterMissedExit ? ScanReason.Entered : scan.Expect)));
    }

    [Fact]
    public async Task Generate_OtherVehicles_ShiftNothingElse()
    {
        var profile = CityProfile.LoadDefault();
        var (_, plain) = await TestTraces.ReadAsync(TestTraces.Generate(Small));
        var (_, other) = await TestTraces.ReadAsync(
            TestTraces.Generate(Small, profile with { Shares = profile.Shares with { WithoutVehicle = 1 } }));

        Assert.Equal(
            plain.OfType<TraceScan>().Select(scan => scan with { Vehicle = null }),
            other.OfType<TraceScan>());
    }

    [Fact]
    public async Task Generate_FixedCapacity_ExpectsFullWhereItIs()
    {
        var profile = CityProfile.LoadDefault();
        var (header, events) = await TestTraces.ReadAsync(TestTraces.Generate(
            Small, profile with { Kinds = [.. profile.Kinds.Select(kind => kind with { Capacity = 40, EnforcesCapacity = true })] }));
        var books = new NaiveBooks(header.City.Plan);
        foreach (var next in events)
        {
            if (next is TraceScan scan)
            {
                Assert.Equal((scan, books.Decide(scan)), (scan, scan.Expect));
            }
            else if (next is TraceInventory inventory)
            {
                books.Close(inventory);
            }
        }

        Assert.Contains(events.OfType<TraceScan>(), scan => scan.Expect == ScanReason.Full);
    }

    [Theory]
    [InlineData("2026-03-28", 2, 47)]
    [InlineData("2026-10-24", 2, 49)]
    public async Task Generate_DaysOnWhichClocksAreSet_AreAsLongAsTheyAre(string start, int days, int hours)
    {
        var profile = CityProfile.LoadDefault() with { TimeZone = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"] };

        var (header, events) = await TestTraces.ReadAsync(TestTraces.Generate(
            Small with { Start = NodaTime.Text.LocalDatePattern.Iso.Parse(start).Value, Days = days }, profile));

        Assert.Equal(Duration.FromHours(hours), header.Ends - header.Starts);
        Assert.Equal(3_000, events.OfType<TraceScan>().Count());
    }

    [Fact]
    public void Generate_MoreThanTheLanesTake_SaysWhatToDo()
    {
        var error = Assert.Throws<SettingsException>(() => TestTraces.Generate(Small with { Facilities = 1, Scans = 100_000, Days = 1 }));

        Assert.Contains("more --facilities", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_WithoutScans_TakesTheProfilesArrivals()
    {
        var (header, events) = await TestTraces.ReadAsync(TestTraces.Generate(Small with { Scans = null, Days = 1 }));

        Assert.Equal(events.OfType<TraceScan>().Count(), header.Scans);
        Assert.InRange(header.Scans!.Value, 3_000, 7_000);
    }
}
