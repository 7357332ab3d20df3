using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What one citizen's damaged timeline means for a gate: nothing but for this citizen.</summary>
public sealed class DamagedTimelineTests
{
    private static readonly HolderId Damaged = new(1), Other = new(2);

    [Fact]
    public async Task EventsOfADamagedTimeline_Wait_AndTheOthersAreTakenIn()
    {
        await using var subject = new SqliteUnderTest();
        var world = new GateWorld(subject.Live, subject.Holders);
        await world.DriveAsync("large-in-0", Damaged);
        var stored = await subject.Live.LoadAsync(Damaged);
        await subject.Live.CommitAsync(Damaged, stored.Version, new byte[] { 0xff, 0x00 });

        var exit = world.Shown("large-out-0", world.Mint(Damaged));
        var act = new ReportedAct { Seq = world.NextSeq("large-out-0"), DeviceTime = world.Now, Act = BarrierAct.Passed, Scan = exit.Seq };
        var waiting = await world.PostAsync("large-out-0", exit);
        var behind = await world.PostAsync("large-out-0", act);
        var others = await world.PostAsync("large-out-0", world.Shown("large-out-0", world.Mint(Other)));

        Assert.Equal((EventOutcome.Waiting, 0), (waiting.Outcome, waiting.AcknowledgedThrough));
        Assert.Contains("cannot be read", waiting.Error, StringComparison.Ordinal);
        Assert.Equal(EventOutcome.Waiting, behind.Outcome);
        Assert.Equal((EventOutcome.Decided, 0), (others.Outcome, others.AcknowledgedThrough));

        await subject.Live.CommitAsync(Damaged, stored.Version + 1, stored.Content);
        var decided = await world.PostAsync("large-out-0", exit);
        var recorded = await world.PostAsync("large-out-0", act);

        Assert.Equal((EventOutcome.Decided, ScanReason.Exited), (decided.Outcome, decided.Scan?.Reason));
        Assert.Equal((EventOutcome.Recorded, 3), (recorded.Outcome, recorded.AcknowledgedThrough));
    }
}
