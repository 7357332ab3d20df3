using NodaTime;
using Parking.Api.Tests.Gates;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Commands;

/// <summary>Claim, then act: what the service grants, and to whom.</summary>
public sealed class GateCommandsTests
{
    private static readonly JournalId Journal = new(0xaa), OtherJournal = new(0xbb);

    private readonly CommandStoreModel _store = new();
    private readonly GateWorld _world;

    public GateCommandsTests() => _world = new GateWorld(
        new LiveStore.LiveStoreModel(), new Holders.AccountStoreModel(), commandStore: _store);

    private Gate Gate => _world.City.FindGate(new("small-out-0"))!;

    private GateCommands Commands => _world.Commands;

    [Fact]
    public async Task Queue_New_WaitsForItsGateAndForNoOther()
    {
        var command = await QueueAsync();

        Assert.Equal([command], await Commands.WaitingAsync(Gate));
        Assert.Empty(await Commands.WaitingAsync(_world.City.FindGate(new("small-out-1"))!));
        Assert.Equal(CommandState.Queued, await StateAsync(command));
        Assert.Equal([command], _world.CommandChanges);
    }

    [Fact]
    public async Task Queue_Again_AnswersTheSameEvenLongAfterwards()
    {
        var asked = Asked();
        await Commands.QueueAsync(Gate, asked);
        _world.Time.Advance(TimeSpan.FromMinutes(5));

        var again = await Commands.QueueAsync(Gate, asked with { QueuedAt = _world.Now });

        Assert.Equal(new QueueResult(QueueOutcome.Queued, asked), again);
        Assert.Single(await _store.UnchainedAsync(Gate.Facility.Id, 10));
        Assert.Equal(CommandState.Expired, await StateAsync(asked));
    }

    [Fact]
    public async Task Queue_OtherContentUnderTheId_IsAConflict()
    {
        var asked = Asked();
        await Commands.QueueAsync(Gate, asked);
        var others = new[]
        {
            asked with { Reason = "another reason" },
            asked with { Command = BarrierCommand.Release },
            asked with { Staff = "somebody else" },
            asked with { Gate = new("small-out-1") },
        };

        foreach (var other in others)
        {
            Assert.Equal(QueueOutcome.OtherContent, (await Commands.QueueAsync(_world.City.FindGate(other.Gate)!, other)).Outcome);
        }

        Assert.Equal([asked], await Commands.WaitingAsync(Gate));
    }

    [Theory]
    [InlineData(-5001, false)]
    [InlineData(-5000, true)]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    public async Task Queue_DrawnAwayFromNow_IsTakenWithinFiveSeconds(int milliseconds, bool isTaken)
    {
        var asked = Asked() with { Id = Ulids.At(_world.Now + Duration.FromMilliseconds(milliseconds)) };

        var result = await Commands.QueueAsync(Gate, asked);

        Assert.Equal(isTaken ? QueueOutcome.Queued : QueueOutcome.NotFresh, result.Outcome);
        Assert.Equal(isTaken ? 1 : 0, (await Commands.WaitingAsync(Gate)).Count);
    }

    [Fact]
    public async Task Claim_InTime_IsGrantedToThatClaimAsOftenAsItAsksAndToNoOther()
    {
        var command = await QueueAsync();

        Assert.Null(await ClaimAsync(command, Journal, 7));
        Assert.Null(await ClaimAsync(command, Journal, 7));
        Assert.Equal(ClaimRefusal.Taken, await ClaimAsync(command, Journal, 8));
        Assert.Equal(ClaimRefusal.Taken, await ClaimAsync(command, OtherJournal, 7));

        Assert.Empty(await Commands.WaitingAsync(Gate));
        Assert.Equal(CommandState.Granted, await StateAsync(command));
        Assert.Equal(2, (await _store.UnchainedAsync(Gate.Facility.Id, 10)).Count);
    }

    [Fact]
    public async Task Claim_ManyAtOnce_OneIsGranted()
    {
        var command = await QueueAsync();

        var refusals = await Task.WhenAll(Enumerable.Range(1, 50).Select(seq => Task.Run(() => ClaimAsync(command, Journal, seq))));

        Assert.Single(refusals, refusal => refusal is null);
        Assert.Equal(49, refusals.Count(refusal => refusal == ClaimRefusal.Taken));
    }

    /// <summary>A gate obeys within two seconds of its claim. So grants end that long before the command does.</summary>
    [Theory]
    [InlineData(BarrierCommand.OpenOnce, 8)]
    [InlineData(BarrierCommand.Release, 28)]
    public async Task Claim_TooLate_IsRefusedEvenIfItWasGrantedBefore(BarrierCommand kind, int seconds)
    {
        var (early, late) = (await QueueAsync(kind, 1), await QueueAsync(kind, 2));
        _world.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await ClaimAsync(early, Journal, 7));
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(ClaimRefusal.Expired, await ClaimAsync(early, Journal, 7));
        Assert.Equal(ClaimRefusal.Expired, await ClaimAsync(late, Journal, 8));
        Assert.Empty(await Commands.WaitingAsync(Gate));
        Assert.Equal(CommandState.Expired, await StateAsync(late));
        Assert.Equal(_world.Now + CommandRecord.GrantLead, late.ExpiresAt);
    }

    [Fact]
    public async Task Claim_Unknown_IsRefused()
    {
        var command = await QueueAsync();

        Assert.Equal(ClaimRefusal.NotFound, await Commands.ClaimAsync(Gate, Ulids.At(_world.Now, 9), Journal, 7));
        Assert.Equal(
            ClaimRefusal.NotFound, await Commands.ClaimAsync(_world.City.FindGate(new("small-out-1"))!, command.Id, Journal, 7));
    }

    [Fact]
    public async Task Reported_Done_IsObeyedWhateverIsReportedThen()
    {
        var command = await QueueAsync(BarrierCommand.Release);
        await ClaimAsync(command, GateWorld.Journal, 1);
        var claim = await ReportAsync(command, CommandStep.Claimed);

        await ReportAsync(command, CommandStep.Done, claim);
        await ReportAsync(command, CommandStep.NotDone, claim, CommandObstacle.Restarted);

        Assert.Equal(CommandState.Obeyed, await StateAsync(command));
        Assert.Equal(
            [CommandState.Queued, CommandState.Granted, CommandState.Obeyed],
            _world.CommandChanges.Select(change => change.StateAt(_world.Now)));
    }

    [Fact]
    public async Task Reported_NotDone_IsNotObeyedAndNeverGrantedAgain()
    {
        var command = await QueueAsync();
        var claim = await ReportAsync(command, CommandStep.Claimed);
        await ClaimAsync(command, GateWorld.Journal, claim);

        await ReportAsync(command, CommandStep.NotDone, claim, CommandObstacle.Late);

        Assert.Equal(CommandState.NotObeyed, await StateAsync(command));
        Assert.Equal(ClaimRefusal.Taken, await ClaimAsync(command, GateWorld.Journal, claim));
    }

    /// <summary>Two programs run on one gate's key: the one that was refused says nothing of the one that was not.</summary>
    [Fact]
    public async Task Reported_NotDoneByAnotherClaimThanTheGranted_ChangesNothing()
    {
        var command = await QueueAsync();
        await ClaimAsync(command, OtherJournal, 7);

        await ReportAsync(command, CommandStep.NotDone, await ReportAsync(command, CommandStep.Claimed), CommandObstacle.NotGranted);

        Assert.Equal(CommandState.Granted, await StateAsync(command));
    }

    [Fact]
    public async Task Granted_AndNothingIsReported_NothingIsKnown()
    {
        var command = await QueueAsync();
        await ClaimAsync(command, Journal, 7);
        _world.Time.Advance(TimeSpan.FromSeconds(5.001));

        Assert.Equal(CommandState.NothingKnown, await StateAsync(command));
    }

    [Fact]
    public async Task Reported_OpenedWithoutScan_IsObeyedAndCountsAsUnexplained()
    {
        var command = await QueueAsync();
        await ClaimAsync(command, GateWorld.Journal, 1);

        var act = Opened(command);
        Assert.Equal(EventOutcome.Recorded, (await _world.PostAsync(Gate.Id.Value, act)).Outcome);
        Assert.Equal(EventOutcome.Recorded, (await _world.PostAsync(Gate.Id.Value, act)).Outcome);

        Assert.Equal(CommandState.Obeyed, await StateAsync(command));
    }

    [Fact]
    public async Task Queue_StayThatIsNotThereOrHasEnded_IsRefused()
    {
        var driver = Scene.Driver;
        var entered = await _world.DriveAsync("small-in-0", driver);
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        var elsewhere = await _world.DriveAsync("other-in-0", new(0x77));

        Assert.Equal(QueueOutcome.Queued, await QueueStayAsync(entered.Stay!.Id, 1));
        Assert.Equal(QueueOutcome.StayNotFound, await QueueStayAsync(elsewhere.Stay!.Id, 2));
        Assert.Equal(QueueOutcome.StayNotFound, await QueueStayAsync(new string('0', 32), 3));
        Assert.Equal(QueueOutcome.StayNotFound, await QueueStayAsync("x", 4));

        await _world.DriveAsync("small-out-0", driver);
        Assert.Equal(QueueOutcome.StayHasEnded, await QueueStayAsync(entered.Stay.Id, 5));
    }

    [Fact]
    public void Record_WithEverything_IsStoredAsBefore()
    {
        var at = Instant.FromUtc(2026, 5, 4, 9, 35, 20);
        var plain = new CommandRecord
        {
            Id = CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R4T6YZ"),
            Gate = new("hsp-out-1"),
            Command = BarrierCommand.OpenOnce,
            Reason = "phone",
            Staff = "s-1042",
            QueuedAt = at,
        };
        var full = plain with
        {
            Command = BarrierCommand.HoldOpen,
            Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
            Seconds = 600,
            Grant = new(new(0x9f2c4e1ab03d5577), 14, at + Duration.FromMilliseconds(250)),
            End = new(at + Duration.FromSeconds(1), CommandObstacle.Late),
        };

        Assert.Equal(
            "8b01781a30314a54435742325830533" + "34b374e3551385631523454365" + "95a696873702d6f75742d3101f66570686f6e65f666732d31303432"
            + "1b0000019df25797c0f6f6",
            Convert.ToHexStringLower(CommandCodec.Encode(plain)));
        Assert.Equal(plain, CommandCodec.Decode(CommandCodec.Encode(plain)));
        Assert.Equal(full, CommandCodec.Decode(CommandCodec.Encode(full)));
        var dutiful = plain with { Duty = "operate@city" };
        Assert.Equal(
            "8c" + Convert.ToHexStringLower(CommandCodec.Encode(plain))[2..] + "6c6f70657261746540636974" + "79",
            Convert.ToHexStringLower(CommandCodec.Encode(dutiful)));
        Assert.Equal(dutiful, CommandCodec.Decode(CommandCodec.Encode(dutiful)));
        Assert.Throws<InvalidDataException>(() => CommandCodec.Decode(new byte[] { 0x8b, 0x02 }));
        Assert.Throws<InvalidDataException>(() => CommandCodec.Decode(CommandCodec.Encode(full).AsMemory()[..^1]));
    }

    private async Task<QueueOutcome> QueueStayAsync(string stay, int n) =>
        (await Commands.QueueAsync(Gate, Asked(n) with { Stay = stay })).Outcome;

    private async Task<CommandRecord> QueueAsync(BarrierCommand kind = BarrierCommand.OpenOnce, int n = 0)
    {
        var asked = Asked(n) with { Command = kind };
        Assert.Equal(QueueOutcome.Queued, (await Commands.QueueAsync(Gate, asked)).Outcome);
        return asked;
    }

    private Task<ClaimRefusal?> ClaimAsync(CommandRecord command, JournalId journal, long seq) =>
        Commands.ClaimAsync(Gate, command.Id, journal, seq);

    private async Task<CommandState> StateAsync(CommandRecord command) => (await Commands.FindAsync(Gate, command.Id))!.StateAt(_world.Now);

    private async Task<long> ReportAsync(CommandRecord command, CommandStep step, long? claim = null, CommandObstacle? obstacle = null)
    {
        var reported = new ReportedCommand
        {
            Seq = _world.NextSeq(Gate.Id.Value),
            DeviceTime = _world.Now,
            Command = command.Id.Value,
            Step = step,
            Claim = claim,
            Obstacle = obstacle,
        };
        Assert.Equal(EventOutcome.Recorded, (await _world.PostAsync(Gate.Id.Value, reported)).Outcome);
        return reported.Seq;
    }

    private ReportedAct Opened(CommandRecord command) => new()
    {
        Seq = _world.NextSeq(Gate.Id.Value),
        DeviceTime = _world.Now,
        Act = BarrierAct.OpenedByHand,
        Reason = command.Reason,
        Command = command.Id.Value,
    };

    private CommandRecord Asked(int n = 0) => new()
    {
        Id = Ulids.At(_world.Now, n),
        Gate = Gate.Id,
        Command = BarrierCommand.OpenOnce,
        Reason = "phone is broken",
        Staff = "s-1042",
        QueuedAt = _world.Now,
    };
}
