using System.Globalization;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.ScannerSim.Tests.Gates.Journal;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>Claim, then act: a gate that gets commands through every kind of trouble.</summary>
public sealed partial class GateCommandTests : IDisposable
{
    private readonly GateBench _bench = new();
    private readonly List<CommandClaim> _claims = [];
    private int _drawn;

    public GateCommandTests() => Answer(granted: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task OpenOnce_Granted_WritesTheClaimThenTheActAndOpens()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var command = Give(BarrierCommand.OpenOnce);

        await gate.ObeyOnceAsync(Cancellation);

        Assert.Equal((GateState.Open, BarrierPosition.Open), (gate.State, gate.Position));
        await gate.MoveAsync(VehicleMove.Passed);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(2));
        Assert.Collection(
            _bench.Known(gate.Journal),
            one => Assert.Equal((CommandStep.Claimed, command.Id), (((ReportedCommand)one).Step, ((ReportedCommand)one).Command)),
            one => Assert.Equal(
                (BarrierAct.OpenedByHand, command.Id, command.Reason, (long?)null),
                (((ReportedAct)one).Act, ((ReportedAct)one).Command, ((ReportedAct)one).Reason, ((ReportedAct)one).Scan)));
        Assert.Equal([(gate.Journal, 1L)], _claims.Select(claim => (claim.Journal, claim.Seq)));
    }

    /// <summary>Whoever was refused stands there: the opening is for that scan.</summary>
    [Fact]
    public async Task OpenOnce_AfterARefusal_NamesTheScan_ButNotIfItNamesAStay()
    {
        using var gate = await _bench.OpenKnowingAsync();
        foreach (var stay in new[] { null, new string('a', 32) })
        {
            await gate.ShowAsync($"no code {stay}", Cancellation);
            Give(BarrierCommand.OpenOnce, stay: stay);
            await gate.ObeyOnceAsync(Cancellation);
            await gate.MoveAsync(VehicleMove.Passed);
        }

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(2));
        var acts = _bench.Known(gate.Journal).OfType<ReportedAct>().ToList();
        Assert.Equal(
            [
                (BarrierAct.StayedShut, 1, null), (BarrierAct.OpenedByHand, 1, null), (BarrierAct.Passed, 1, null),
                (BarrierAct.StayedShut, 6, null), (BarrierAct.OpenedByHand, null, new string('a', 32)),
            ],
            acts.Select(act => (act.Act, (int?)act.Scan, act.Stay)));
    }

    [Fact]
    public async Task Command_GivenAgainAndAgain_IsObeyedOnce()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var command = Give(BarrierCommand.OpenOnce);
        for (var i = 0; i < 5; i++)
        {
            await gate.ObeyOnceAsync(Cancellation);
        }

        Assert.Equal(2, gate.LastSeq);
        Assert.Single(_claims);
        Assert.Contains(command.Id, _bench.Service.Queries[^1], StringComparison.Ordinal);
    }

    /// <summary>A proxy holds the answer for longer than a grant is good for.</summary>
    [Theory]
    [InlineData(1.999, true)]
    [InlineData(2.001, false)]
    public async Task Grant_ThatComesLate_IsNotObeyed(double seconds, bool isObeyed)
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.OpenOnce);
        Answer(granted: true, () => _bench.Time.Advance(TimeSpan.FromSeconds(seconds)));

        await (isObeyed ? gate.ObeyOnceAsync(Cancellation) : ObeyAsync(gate));

        Assert.Equal(isObeyed, gate.IsOpen);
        Assert.Equal(isObeyed ? null : CommandObstacle.Late, await ObstacleAsync(gate));
    }

    [Fact]
    public async Task Claim_WhoseAnswerIsLost_IsSentAgainAsTheSameClaim()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.OpenOnce);
        var lost = 2;
        _bench.Service.Cable = call => call == "claims" && lost-- > 0 ? Trouble.AnswerLost : Trouble.None;

        await ObeyAsync(gate);

        Assert.True(gate.IsOpen);
        Assert.Equal(3, _claims.Count);
        Assert.Single(_claims.Distinct());
    }

    [Fact]
    public async Task Claim_ThatIsNeverAnswered_IsGivenUp()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.OpenOnce);
        _bench.Service.Cable = call => call == "claims" ? Trouble.Lost : Trouble.None;

        await ObeyAsync(gate);

        Assert.False(gate.IsOpen);
        Assert.Equal(CommandObstacle.Late, await ObstacleAsync(gate));
    }

    [Fact]
    public async Task Claim_Refused_IsNotObeyed()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.OpenOnce);
        Answer(granted: false);

        await gate.ObeyOnceAsync(Cancellation);

        Assert.False(gate.IsOpen);
        Assert.Equal(CommandObstacle.NotGranted, await ObstacleAsync(gate));
    }

    [Fact]
    public async Task Restart_BetweenClaimAndAct_ReportsThatItWasNotObeyedAndNeverObeysIt()
    {
        Give(BarrierCommand.OpenOnce);
        using (var gate = await _bench.OpenKnowingAsync())
        {
            _bench.Service.Cable = call => call == "claims" ? Trouble.PowerFailsAfter : Trouble.None;
            await Assert.ThrowsAsync<PowerFailure>(() => gate.ObeyOnceAsync(Cancellation));
        }

        _bench.Service.Cable = _ => Trouble.None;
        using var again = await _bench.OpenKnowingAsync();
        await again.ObeyOnceAsync(Cancellation);
        await again.ObeyOnceAsync(Cancellation);

        Assert.False(again.IsOpen);
        Assert.Equal(CommandObstacle.Restarted, await ObstacleAsync(again));
        Assert.Single(_claims);
    }

    /// <summary>The barrier may have moved or not. It does not move now.</summary>
    [Fact]
    public async Task Restart_AfterTheAct_StaysShut()
    {
        using (var gate = await _bench.OpenKnowingAsync())
        {
            await gate.ShowAsync("no code", Cancellation);
            Give(BarrierCommand.OpenOnce);
            await gate.ObeyOnceAsync(Cancellation);
            Assert.True(gate.IsOpen);
        }

        using var again = await _bench.OpenKnowingAsync();
        await again.ObeyOnceAsync(Cancellation);

        Assert.Equal((false, GateState.Waiting), (again.IsOpen, again.State));
        Assert.Null(await ObstacleAsync(again));
    }

    /// <summary>The codes of acknowledged scans may be wiped, but not the claims of the last minute.</summary>
    [Fact]
    public async Task Restart_AfterTheJournalWasRewritten_StillKnowsTheClaim()
    {
        Give(BarrierCommand.OpenOnce);
        using (var gate = await _bench.OpenKnowingAsync())
        {
            await gate.ObeyOnceAsync(Cancellation);
            Assert.True(await gate.DrainAsync(Cancellation));
        }

        using var again = await _bench.OpenKnowingAsync();
        await again.ObeyOnceAsync(Cancellation);

        Assert.Single(_claims);
        Assert.False(again.IsOpen);
    }

    [Fact]
    public async Task Command_ThatMakesNoSense_ChangesNothingAndIsNotClaimed()
    {
        _bench.Settings = _bench.Settings with { Direction = GateDirection.Exit };
        _bench.Service.Later = json => json.Replace("\"release\"", "\"detonate\"", StringComparison.Ordinal)
            .Replace("\"reason\":", "\"urgency\":{\"of\":9},\"reason\":", StringComparison.Ordinal);
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.Lock, seconds: 60);
        Give(BarrierCommand.HoldOpen);
        Give(BarrierCommand.Release);

        await gate.ObeyOnceAsync(Cancellation);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(2));

        Assert.Equal(BarrierPosition.Closed, gate.Position);
        Assert.Empty(_claims);
        Assert.Equal(
            [CommandObstacle.NotAtExits, CommandObstacle.NotKnown, CommandObstacle.NotKnown],
            _bench.Known(gate.Journal).OfType<ReportedCommand>().Select(one => one.Obstacle));
    }

    [Fact]
    public async Task OpenOnce_BarrierThatWasFaultyAndObeysAtAnotherTry_IsRepairedThenOpen()
    {
        var tries = 0;
        _bench.Settings = _bench.Settings with { RetryBarrier = () => ++tries == 2 };
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ReportFaultAsync("the arm does not rise");
        Give(BarrierCommand.OpenOnce);
        await gate.ObeyOnceAsync(Cancellation);
        Assert.Equal(CommandObstacle.BarrierFault, await ObstacleAsync(gate));
        Give(BarrierCommand.OpenOnce);

        await gate.ObeyOnceAsync(Cancellation);

        Assert.Equal((2, BarrierPosition.Open), (tries, gate.Position));
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(2));
        Assert.Equal(
            [typeof(ReportedCommand), typeof(ReportedIncident), typeof(ReportedAct)],
            _bench.Known(gate.Journal).TakeLast(3).Select(one => one.GetType()));
    }

    [Fact]
    public async Task OpenOnce_BarrierIsOpenOrFaulty_IsNotObeyed()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ShowAsync(_bench.Mint(), Cancellation);
        Give(BarrierCommand.OpenOnce);
        await gate.ObeyOnceAsync(Cancellation);
        var first = await ObstacleAsync(gate);
        await gate.MoveAsync(VehicleMove.Passed);
        await gate.ReportFaultAsync("does not obey");
        Give(BarrierCommand.OpenOnce);
        await gate.ObeyOnceAsync(Cancellation);

        Assert.Equal((CommandObstacle.AlreadyOpen, CommandObstacle.BarrierFault), (first, await ObstacleAsync(gate)));
        Assert.Equal(BarrierPosition.Faulty, gate.Position);
    }

    /// <summary>The device's clock decides nothing: neither an hour wrong, nor set while a command is under way.</summary>
    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task DeviceClock_IsWrongAndIsSet_ChangesNothing(int seconds)
    {
        var time = new SkewedTime(_bench.Time) { Skew = TimeSpan.FromSeconds(seconds) };
        using var gate = await GateMachine.OpenAsync(_bench.Settings, _bench.Disk, _bench.Http, time);
        Give(BarrierCommand.HoldOpen, seconds: 60);
        Answer(granted: true, () => time.Skew = TimeSpan.Zero);

        await gate.ObeyOnceAsync(Cancellation);
        time.Skew = TimeSpan.FromSeconds(seconds);
        Assert.Equal(BarrierPosition.HeldOpen, gate.Position);
        _bench.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(BarrierPosition.Closed, gate.Position);
    }

    /// <summary>At a service that knows no commands, or does not answer, the gate works as before and does not call without end.</summary>
    [Fact]
    public async Task Service_WithoutCommands_IsAskedSeldom()
    {
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Commands = null;
        Assert.Equal(TimeSpan.FromMinutes(1), await gate.ObeyOnceAsync(Cancellation));
        Assert.Empty(_bench.Reports);

        _bench.Service.Cable = call => call == "commands" ? Trouble.Lost : Trouble.None;
        var waits = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            waits.Add((await gate.ObeyOnceAsync(Cancellation)).TotalSeconds);
        }

        Assert.Equal([0.375, 0.75, 1.5, 3], waits);
        Assert.Single(_bench.Reports);
        Assert.False((await _bench.DriveAsync(gate, _bench.Mint())).IsLocal);
    }

    /// <summary>Something on the way answers at once, with what it has kept.</summary>
    [Fact]
    public async Task Answers_ThatComeAtOnceAndHaveNothingNew_AreNotAskedForWithoutEnd()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.Release);

        Assert.Equal(TimeSpan.Zero, await gate.ObeyOnceAsync(Cancellation));
        Assert.Equal(TimeSpan.FromSeconds(1), await gate.ObeyOnceAsync(Cancellation));
    }

    /// <summary>Puts a command among those that wait. It never goes away.</summary>
    private GateCommand Give(BarrierCommand command, string? stay = null, int? seconds = null)
    {
        var given = new GateCommand
        {
            Id = "01JTCWB2X0" + (++_drawn).ToString("D16", CultureInfo.InvariantCulture),
            Command = command,
            Stay = stay,
            Reason = "phone is broken",
            Seconds = seconds,
        };
        var before = _bench.Service.Commands?.Invoke().Commands ?? [];
        _bench.Service.Commands = () => new() { Time = _bench.Now, Commands = [.. before, given] };
        return given;
    }

    private void Answer(bool granted, Action? meanwhile = null) => _bench.Service.Grant = claim =>
    {
        _claims.Add(claim);
        meanwhile?.Invoke();
        return new() { Time = _bench.Now, Granted = granted, Refusal = granted ? null : ClaimRefusal.Expired };
    };

    /// <summary>Obeys once, while the time goes on for whoever waits.</summary>
    private async Task ObeyAsync(GateMachine gate)
    {
        var obeying = gate.ObeyOnceAsync(Cancellation);
        while (!obeying.IsCompleted)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        await obeying;
    }

    /// <summary>Why the last command was not obeyed, as the service knows it; null if it was.</summary>
    private async Task<CommandObstacle?> ObstacleAsync(GateMachine gate)
    {
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(2));
        return _bench.Known(gate.Journal).OfType<ReportedCommand>().LastOrDefault(one => one.Step != CommandStep.Claimed)?.Obstacle;
    }
}
