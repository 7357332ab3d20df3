using Parking.Accounts;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// What an entry records for its price, on every store: the facts of the step that took the space, recorded once and never changed.
/// </summary>
public abstract class EntryFacts : GateWorldTests
{
    private static readonly HolderId Driver = new(0xd21);

    [Fact]
    public async Task Entry_WithNothingKnown_IsACarWithoutEntitlementsInAnEmptyFacility()
    {
        await World.DriveAsync("small-in-0", Driver);

        Assert.Equal(new EntryTerms(1, VehicleClass.Car, 0, Entitlements.None), await TermsAsync());
    }

    [Fact]
    public async Task Entry_WithAVehicleAndEntitlements_RecordsThemAsTheyAreThen()
    {
        await World.Holders.ReplaceVehiclesAsync(
            Driver, [(Plate.Parse("A1"), VehicleClass.Car), (Plate.Parse("A2"), VehicleClass.Motorcycle)]);
        await World.Holders.TakeOverAsync(Driver, Entitlements.Of("resident"));

        await World.DriveAsync("small-in-0", Driver, vehicle: 2);
        await World.Holders.ReplaceVehiclesAsync(Driver, [(Plate.Parse("A2"), VehicleClass.Coach)]);
        await World.Holders.TakeOverAsync(Driver, Entitlements.None);

        Assert.Equal(new EntryTerms(1, VehicleClass.Motorcycle, 0, Entitlements.Of("resident")), await TermsAsync());
    }

    [Fact]
    public async Task Entries_OneAfterTheOther_RecordHowFullItWasBeforeThem()
    {
        for (ulong n = 0; n < GateWorld.SmallCapacity; n++)
        {
            await World.DriveAsync("small-in-0", new(n + 1));
            Assert.Equal((int)n * 10, (await TermsAsync(new(n + 1)))!.OccupancyPercent);
        }

        await World.DriveAsync("small-out-0", new(1));
        await World.DriveAsync("small-in-0", Driver);

        Assert.Equal(90, (await TermsAsync())!.OccupancyPercent);
    }

    [Fact]
    public async Task Entries_AtOnce_EachRecordAnotherOccupancy()
    {
        for (ulong round = 0; round < 20; round++)
        {
            var first = (round * 100) + 1;
            await AtOnceAsync(GateWorld.SmallCapacity, n => World.DriveAsync($"small-in-{n}", new(first + (ulong)n)));

            var percents = await Task.WhenAll(Enumerable.Range(0, GateWorld.SmallCapacity).Select(n => TermsAsync(new(first + (ulong)n))));
            Assert.Equal(
                Enumerable.Range(0, GateWorld.SmallCapacity).Select(n => n * 10),
                percents.Select(terms => terms!.OccupancyPercent).Order());
            await AtOnceAsync(GateWorld.SmallCapacity, n => World.DriveAsync($"small-out-{n}", new(first + (ulong)n)));
        }
    }

    [Fact]
    public async Task EntryAfterAMissedExit_DoesNotCountTheVehicleItself()
    {
        await World.DriveAsync("small-in-0", new(1));
        await World.DriveAsync("small-in-0", Driver);
        World.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ScanReason.EnteredAfterMissedExit, (await World.DriveAsync("small-in-0", Driver)).Reason);

        Assert.Equal([10, 10], (await World.TimelineAsync(Driver)).Stays.Select(stay => stay.Terms!.OccupancyPercent));
    }

    [Fact]
    public async Task Entry_RepeatedAfterThingsHaveChanged_KeepsItsTerms()
    {
        var scan = World.Shown("small-in-0", World.Mint(Driver));
        await World.AnswerAsync("small-in-0", scan);
        await World.DriveAsync("small-in-1", new(1));
        await World.Holders.TakeOverAsync(Driver, Entitlements.Of("resident"));
        var changed = new GateWorld(Subject.Live, Subject.Holders, tariffOf: _ => SampleTariffs.Changing);

        Assert.Equal(EventOutcome.Decided, (await changed.PostAsync("small-in-0", scan)).Outcome);

        Assert.Equal(new EntryTerms(1, VehicleClass.Car, 0, Entitlements.None), await TermsAsync());
    }

    /// <summary>A refusal may turn out not to be the end: a person opens, or the gate had opened before the answer came.</summary>
    [Theory]
    [InlineData(BarrierAct.OpenedByHand, ScanReason.NotYetValid)]
    [InlineData(BarrierAct.Opened, null)]
    public async Task Entry_RefusedButLetIn_RecordsItsTermsAllTheSame(BarrierAct act, ScanReason? local)
    {
        await World.Holders.ReplaceVehiclesAsync(Driver, [(Plate.Parse("A1"), VehicleClass.Motorcycle)]);
        await World.Holders.TakeOverAsync(Driver, Entitlements.Of("resident"));
        var scan = World.Shown("small-in-0", World.Mint(Driver, 1)) with { Local = local };
        if (local is null)
        {
            World.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var decided = await World.AnswerAsync("small-in-0", scan);
        await World.Holders.ReplaceVehiclesAsync(Driver, []);
        await World.PostAsync("small-in-0", new ReportedAct
        {
            Seq = World.NextSeq("small-in-0"),
            DeviceTime = World.Now,
            Act = act,
            Scan = scan.Seq,
            Reason = act == BarrierAct.OpenedByHand ? "the gate's clock is wrong" : null,
        });

        Assert.Equal((GateDecision.Refuse, local ?? ScanReason.Expired), (decided.Decision, decided.Reason));
        Assert.Equal(new EntryTerms(1, VehicleClass.Motorcycle, 0, Entitlements.Of("resident")), await TermsAsync());
    }

    [Fact]
    public async Task AllElse_RecordsNoTerms()
    {
        await World.DriveAsync("small-in-0", Driver);
        await World.DriveAsync("small-out-0", Driver);
        await World.DriveAsync("small-out-0", Driver);
        await World.DriveAsync("other-in-0", Driver);

        var scans = (await World.TimelineAsync(Driver)).Scans.ToList();
        Assert.Equal(
            [ScanReason.Entered, ScanReason.Exited, ScanReason.MissedEntry, ScanReason.Entered],
            scans.Select(scan => scan.Decision.Reason));
        Assert.Equal([true, false, false, false], scans.Select(scan => scan.Terms is not null));
    }

    private Task<EntryTerms?> TermsAsync() => TermsAsync(Driver);

    private async Task<EntryTerms?> TermsAsync(HolderId driver) => (await World.TimelineAsync(driver)).Stays[^1].Terms;
}
