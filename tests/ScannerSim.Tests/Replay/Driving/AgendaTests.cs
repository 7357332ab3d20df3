using NodaTime;
using Parking.Simulation.Replay.Driving;

namespace Parking.ScannerSim.Tests.Replay.Driving;

public sealed class AgendaTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 5, 4, 12, 0);

    private readonly Agenda _agenda = new();
    private readonly List<string> _log = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunNext_TakesTheNextInstantAlone()
    {
        Note("later", Noon + Duration.FromSeconds(1), "gate");
        Note("now", Noon, "gate");

        await _agenda.RunNextAsync(Cancellation);

        Assert.Equal(["now"], _log);
        Assert.Equal(Noon + Duration.FromSeconds(1), _agenda.NextAt);
    }

    [Fact]
    public async Task RunNext_WhatHasNothingInCommon_IsUnderWayAtOnce()
    {
        var (first, second) = (Hold("gate a", "driver 1"), Hold("gate b", "driver 2"));

        var run = _agenda.RunNextAsync(Cancellation);

        Assert.True(first.HasBegun && second.HasBegun);
        first.LetGo();
        second.LetGo();
        await run;
    }

    [Fact]
    public async Task RunNext_WhatHasAGateOrADriverInCommon_ComesOneAfterTheOther()
    {
        var (first, sameGate, sameDriver, neither) =
            (Hold("gate a", "driver 1"), Hold("gate a", "driver 2"), Hold("gate b", "driver 2"), Hold("gate c", "driver 3"));

        var run = _agenda.RunNextAsync(Cancellation);
        Assert.Equal((true, false, false, true), (first.HasBegun, sameGate.HasBegun, sameDriver.HasBegun, neither.HasBegun));

        first.LetGo();
        await sameGate.Begun;
        Assert.False(sameDriver.HasBegun);

        sameGate.LetGo();
        await sameDriver.Begun;
        sameDriver.LetGo();
        neither.LetGo();
        await run;
    }

    [Fact]
    public async Task RunNext_WhatIsToBeLast_ComesAfterWhatIsPutDownLater()
    {
        _agenda.AddLast(new(Noon, ["gate"], _ => Note("last")));
        Note("put down later", Noon, "gate");

        await _agenda.RunNextAsync(Cancellation);

        Assert.Equal(["put down later", "last"], _log);
    }

    [Fact]
    public async Task RunNext_OneFails_WhatFollowsItDoesNotHappen_AndTheCallerHearsOfIt()
    {
        _agenda.Add(new(Noon, ["gate a"], _ => Task.FromException(new InvalidOperationException("it broke"))));
        Note("behind it", Noon, "gate a");
        Note("elsewhere", Noon, "gate b");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _agenda.RunNextAsync(Cancellation));

        Assert.Equal("it broke", error.Message);
        Assert.Equal(["elsewhere"], _log);
    }

    private void Note(string what, Instant at, string subject) => _agenda.Add(new(at, [subject], _ => Note(what)));

    private Task Note(string what)
    {
        _log.Add(what);
        return Task.CompletedTask;
    }

    private Held Hold(params string[] subjects)
    {
        var held = new Held();
        _agenda.Add(new(Noon, subjects, _ => held.RunAsync()));
        return held;
    }

    /// <summary>Work that does not end until the test releases it.</summary>
    private sealed class Held
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public bool HasBegun => _begun.Task.IsCompleted;

        public void LetGo() => _end.SetResult();

        public Task RunAsync()
        {
            _begun.SetResult();
            return _end.Task;
        }
    }
}
