using Parking.Commands;
using Parking.Events;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates;
using Parking.ScannerSim.Tests.Gates.Journal;
using Parking.Simulation.Operators;

namespace Parking.ScannerSim.Tests.Commands;

/// <summary>
/// Many commands through every trouble at once: delays, lost requests and answers, a way that keeps things and sends them again, restarts
/// of gate and service, clocks that are up to an hour wrong and are set. None is obeyed twice, and none after its expiry.
/// </summary>
public sealed class CommandRunTests : IDisposable
{
    private const double WorstSkewMinutes = 60;

    /// <summary>Instances whose clocks differ by more are not ready.</summary>
    private static readonly TimeSpan InstancesDiffer = TimeSpan.FromSeconds(0.9);

    private readonly PumpedTime _world = new();
    private readonly Random _random = RunSeed.RandomFor("commands through troubles");
    private readonly TimeSpan _serviceSkew;
    private readonly CommandService _service;
    private readonly SkewedTime _gateTime;
    private readonly CommandLine _line;
    private readonly CrashingFolder _disk;
    private readonly Dictionary<string, DateTimeOffset> _queuedAt = [];
    private readonly List<(string Command, DateTimeOffset At)> _obeyed = [];

    private GateMachine _gate = null!;
    private CancellationTokenSource _power = new();
    private Task _obeying = Task.CompletedTask;

    public CommandRunTests()
    {
        _serviceSkew = Skew();
        _service = new CommandService(_world.Time, _serviceSkew);
        _gateTime = new SkewedTime(_world.Time) { Skew = Skew() };
        _line = new CommandLine(_service, _world.Time, _random) { BaseAddress = new Uri("http://service.invalid") };
        _disk = new CrashingFolder(_random);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _power.Dispose();
        _line.Dispose();
        _service.Dispose();
    }

    [Fact]
    public void Commands_ThroughEveryTrouble_AreObeyedAtMostOnceAndNeverAfterTheirExpiry()
    {
        _world.Run(RunAsync, TimeSpan.FromMilliseconds(25));

        Assert.Empty(_obeyed.GroupBy(one => one.Command).Where(times => times.Skip(1).Any()).Select(times => times.Key));
        Assert.All(_obeyed, one => Assert.InRange(
            one.At - _queuedAt[one.Command], TimeSpan.Zero, TimeSpan.FromSeconds(10) + InstancesDiffer));

        // Otherwise this would prove little.
        Assert.InRange(_obeyed.Count, Depth.Commands / 4, Depth.Commands);
    }

    private async Task RunAsync()
    {
        await StartGateAsync();
        var troubles = TroubleAsync();
        for (var n = 0; n < Depth.Commands; n++)
        {
            await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 5), _world.Time);
            await GiveAsync();
        }
        await Task.Delay(TimeSpan.FromSeconds(40), _world.Time);
        _line.IsQuiet = true;
        await troubles;
        await StopGateAsync();
        await StartGateAsync();
        await _gate.DrainAsync(CancellationToken.None);
        await CompareAsync();
        await StopGateAsync();
    }

    /// <summary>What the service says in the end is what the gate did.</summary>
    private async Task CompareAsync()
    {
        var obeyed = _obeyed.Select(one => one.Command).ToHashSet();
        foreach (var command in _queuedAt.Keys)
        {
            var state = (await _service.Commands.FindAsync(_service.Gate, CommandId.Parse(command)))!.StateAt(_service.Now);
            Assert.True(obeyed.Contains(command) == (state == CommandState.Obeyed), $"{command} is {state} for the service.");
        }
    }

    private async Task GiveAsync()
    {
        var drawn = Ulid.Draw(_service.Now.ToDateTimeOffset(), RandomBytes());
        await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(10) == 0 ? 8 : 0.5)), _world.Time);
        var asked = new CommandRecord
        {
            Id = CommandId.Parse(drawn),
            Gate = _service.Gate.Id,
            Command = BarrierCommand.OpenOnce,
            Reason = "phone is broken",
            Staff = "s-1042",
            QueuedAt = _service.Now.ToMilliseconds(),
        };
        var result = await _service.Commands.QueueAsync(_service.Gate, asked);
        if (result.Outcome == QueueOutcome.Queued)
        {
            _queuedAt[drawn] = _world.Time.GetUtcNow();
            if (_random.Next(4) == 0)
            {
                // The client had no answer, and sends the same again.
                await _service.Commands.QueueAsync(_service.Gate, asked with { QueuedAt = _service.Now.ToMilliseconds() });
            }
        }
    }

    private async Task TroubleAsync()
    {
        while (!_line.IsQuiet)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + (_random.NextDouble() * 20)), _world.Time);
            switch (_random.Next(4))
            {
                case 0:
                    await StopGateAsync();
                    await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 3), _world.Time);
                    await StartGateAsync();
                    break;
                case 1:
                    _service.Restart(_serviceSkew + (InstancesDiffer * (_random.NextDouble() - 0.5)));
                    break;
                case 2:
                    _gateTime.Skew = Skew();
                    break;
                default:
                    await _gate.WorkAsync(CancellationToken.None);
                    break;
            }
        }
    }

    /// <summary>The gate begins with what is on its disk. Vehicles leave as soon as the barrier opens.</summary>
    private async Task StartGateAsync()
    {
        var settings = new GateMachineSettings { Gate = _service.Gate.Id.Value, Key = GateBench.Key, Jitter = _random.NextDouble };
        _gate = await GateMachine.OpenAsync(settings, _disk, _line, _gateTime);
        _gate.Obeyed += command =>
        {
            _obeyed.Add((command.Id, _world.Time.GetUtcNow()));
            var gate = _gate;
            Post(() => gate.IsOpen ? gate.MoveAsync(VehicleMove.Passed) : Task.CompletedTask);
        };
        _power = new CancellationTokenSource();
        _obeying = _gate.ObeyAsync(_power.Token);
    }

    /// <summary>Between any two steps of the gate's program.</summary>
    private async Task StopGateAsync()
    {
        _power.Cancel();
        try
        {
            await _obeying;
        }
        catch (OperationCanceledException)
        {
            // That is the power.
        }
        _gate.Dispose();
        _disk.Crash();
    }

    private void Post(Func<Task> act) => _world.Post(_ => act(), null);

    private TimeSpan Skew() => TimeSpan.FromMinutes(WorstSkewMinutes * ((2 * _random.NextDouble()) - 1));

    private byte[] RandomBytes()
    {
        var bytes = new byte[Ulid.RandomSize];
        _random.NextBytes(bytes);
        return bytes;
    }
}
