using Parking.Admission;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// A crash between any two steps of a scan, for every kind of scan, is healed by the same scan coming again, and also by the sweep alone.
/// </summary>
public abstract class ScanCrashes
{
    private static readonly HolderId Driver = new(0xd21);

    public static TheoryData<ScanReason> Kinds =>
    [
        ScanReason.Entered, ScanReason.EnteredAfterMissedExit, ScanReason.Exited, ScanReason.MissedEntry,
        ScanReason.Full, ScanReason.AlreadyParked, ScanReason.CodeUsed, ScanReason.Expired, ScanReason.NotACode,
    ];

    private protected abstract Task<IStoreUnderTest> CreateAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task ACrashAtAnyStep_IsHealedByTheSameScan(ScanReason kind) => AtEveryStepAsync(kind, async (world, gate, scan) =>
    {
        var healed = await world.AnswerAsync(gate, scan);
        Assert.Equal(kind, healed.Reason);
        Assert.Equal(kind == ScanReason.Exited ? 2500 : null, healed.Fee?.Total);
        await world.AssertSpacesAreTheOpenStaysAsync();
        await world.AssertNothingPendingAsync();
        Assert.Equal(healed, await world.AnswerAsync(gate, scan));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task ACrashAtAnyStep_IsHealedByTheSweep(ScanReason kind) => AtEveryStepAsync(kind, async (world, gate, scan) =>
    {
        world.Time.Advance(StaySweep.PendingPatience.ToTimeSpan());

        await world.Sweep.SweepAsync(TestContext.Current.CancellationToken);

        await world.AssertSpacesAreTheOpenStaysAsync();
        await world.AssertNothingPendingAsync();
        Assert.Equal(default, await world.Sweep.SweepAsync(TestContext.Current.CancellationToken));

        // Whether the scan was decided or forgotten, from here on it has one answer.
        var answer = await world.AnswerAsync(gate, scan);
        Assert.Equal(answer, await world.AnswerAsync(gate, scan));
        await world.AssertSpacesAreTheOpenStaysAsync();
    });

    [Fact]
    public Task ACrashedEntry_ThatIsRecorded_KeepsItsTermsHoweverItIsHealed() =>
        AtEveryStepAsync(ScanReason.Entered, async (world, gate, scan) =>
        {
            var recorded = (await world.TimelineAsync(Driver)).Stays.SingleOrDefault()?.Terms;
            for (ulong stranger = 1; stranger <= 3; stranger++)
            {
                await world.DriveAsync(gate, new(stranger));
            }

            await world.Holders.TakeOverAsync(Driver, Entitlements.Of("resident"));

            await world.AnswerAsync(gate, scan);

            var expected = recorded ?? new(1, VehicleClass.Car, 30, Entitlements.Of("resident"));
            Assert.Equal(expected, Assert.Single((await world.TimelineAsync(Driver)).Stays).Terms);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task ACrashedBackingOut_IsHealedByTheSameActOrTheSweep(bool sweepsFirst) => AtEveryStepAsync(
        async world =>
        {
            var scan = world.Shown("small-in-0", world.Mint(Driver));
            await world.AnswerAsync("small-in-0", scan);
            return (
                "small-in-0",
                new ReportedAct { Seq = world.NextSeq("small-in-0"), DeviceTime = world.Now, Act = BarrierAct.BackedOut, Scan = scan.Seq });
        },
        async (world, gate, act) =>
        {
            if (sweepsFirst)
            {
                world.Time.Advance(StaySweep.PendingPatience.ToTimeSpan());
                await world.Sweep.SweepAsync(TestContext.Current.CancellationToken);
                await world.AssertSpacesAreTheOpenStaysAsync();
                await world.AssertNothingPendingAsync();
            }

            Assert.Equal(EventOutcome.Recorded, (await world.PostAsync(gate, act)).Outcome);

            // If the crash came after the commit, the timeline is in the outgoing list, and its space is given back from there.
            await world.Sweep.SweepAsync(TestContext.Current.CancellationToken);
            Assert.Empty((await world.TimelineAsync(Driver)).Stays);
            await world.AssertSpacesAreTheOpenStaysAsync();
            await world.AssertNothingPendingAsync();
            Assert.Equal(EventOutcome.Conflict, (await world.PostAsync(gate, act with { Act = BarrierAct.Passed })).Outcome);
        });

    /// <summary>
    /// Crashes at the first step before and after it is carried out, then at the second, and so on until the event runs through.
    /// </summary>
    private Task AtEveryStepAsync(ScanReason kind, Func<GateWorld, string, ReportedScan, Task> heal) =>
        AtEveryStepAsync(world => ArrangeAsync(world, kind), heal);

    private async Task AtEveryStepAsync<T>(Func<GateWorld, Task<(string Gate, T Event)>> arrange, Func<GateWorld, string, T, Task> heal)
        where T : ReportedEvent
    {
        var crashes = 0;
        for (var step = 0; ; step++)
        {
            foreach (var isCarriedOut in new[] { false, true })
            {
                await using var subject = await CreateAsync();
                var store = new CrashingStore(subject.Live);
                var world = new GateWorld(store, subject.Holders);
                var (gate, reported) = await arrange(world);
                store.CrashAt(step, isCarriedOut);
                try
                {
                    await world.PostAsync(gate, reported);
                    Assert.True(crashes > 0, "The event has no step to crash at.");
                    return;
                }
                catch (CrashException)
                {
                    crashes++;
                }

                store.Recover();
                await heal(world, gate, reported);
            }
        }
    }

    /// <summary>Prepares the world so that the next scan is decided as <paramref name="kind"/>.</summary>
    private static async Task<(string Gate, ReportedScan Scan)> ArrangeAsync(GateWorld world, ScanReason kind)
    {
        const string gate = "small-in-0";
        switch (kind)
        {
            case ScanReason.EnteredAfterMissedExit:
                await world.DriveAsync("other-in-0", Driver);
                world.Time.Advance(TimeSpan.FromHours(1));
                break;
            case ScanReason.Exited:
                await world.DriveAsync(gate, Driver);
                world.Time.Advance(TimeSpan.FromMinutes(65));
                return Shown(world, "small-out-0", world.Mint(Driver));
            case ScanReason.MissedEntry:
                return Shown(world, "small-out-0", world.Mint(Driver));
            case ScanReason.Full:
                for (ulong stranger = 1; stranger <= GateWorld.SmallCapacity; stranger++)
                {
                    await world.DriveAsync(gate, new(stranger));
                }

                break;
            case ScanReason.AlreadyParked:
                await world.DriveAsync("large-in-0", Driver);
                break;
            case ScanReason.CodeUsed:
                var code = world.Mint(Driver);
                await world.AnswerAsync("large-in-0", world.Shown("large-in-0", code));
                return Shown(world, gate, code);
            case ScanReason.Expired:
                var stale = Shown(world, gate, world.Mint(Driver));
                world.Time.Advance(TimeSpan.FromMinutes(2));
                return stale;
            case ScanReason.NotACode:
                return Shown(world, gate, "https://example.org");
        }

        return Shown(world, gate, world.Mint(Driver));
    }

    private static (string Gate, ReportedScan Scan) Shown(GateWorld world, string gate, string code) => (gate, world.Shown(gate, code));
}
