using System.Net;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Commands from afar: claim, then act. The gate writes the claim, asks for the grant, and moves only if the grant came within
/// <see cref="GrantWindow"/> of its sending by the steady clock, after writing the act.
/// </summary>
public sealed partial class GateMachine
{
    /// <summary>So long after its sending a granted claim may be obeyed.</summary>
    public static readonly TimeSpan GrantWindow = TimeSpan.FromSeconds(2);

    /// <summary>So long after it came, a command is claimed for the last time.</summary>
    private static readonly TimeSpan ClaimingTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ClaimAgainAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>The wait after an answer that came at once and had nothing new, and where the service knows no commands.</summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromSeconds(1), UnknownPause = TimeSpan.FromMinutes(1);

    private readonly Func<bool>? _retryBarrier;
    private readonly CommandMemory _commands;
    private readonly Backoff _backoff;

    /// <summary>The number of the claim that is being made; null if there is none.</summary>
    private long? _claim;

    private StandingOrder? _order;

    /// <summary>Raised when a command was obeyed. Handlers must not wait.</summary>
    public event Action<GateCommand>? Obeyed;

    private StandingOrder? Order => _order is { } order && _time.GetElapsedTime(order.Since) < order.Lasting ? order : null;

    private bool IsHeld => Order?.Command == BarrierCommand.HoldOpen && !_barrier.IsFaulty;

    private bool IsLocked => Order?.Command == BarrierCommand.Lock;

    /// <summary>Waits for commands and obeys them, until cancelled. Only one call at a time.</summary>
    /// <exception cref="IOException">The gate's disk failed.</exception>
    public async Task ObeyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = await ObeyOnceAsync(cancellationToken);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, _time, cancellationToken);
            }
        }
    }

    /// <summary>Waits for commands once, and deals with those that come.</summary>
    /// <returns>How long to pause before the next time.</returns>
    internal async Task<TimeSpan> ObeyOnceAsync(CancellationToken cancellationToken)
    {
        var reply = await _service.WaitForCommandsAsync(_commands.Newest, cancellationToken);
        if (reply.Answer is not { } list)
        {
            if (_backoff.Failures == 0 && reply.Status != HttpStatusCode.NotFound)
            {
                _service.Report($"commands from afar do not arrive: {reply.Problem}");
            }
            return reply.Status == HttpStatusCode.NotFound ? UnknownPause : _backoff.Fail(reply.RetryAfter);
        }
        _backoff.Succeed();
        var isNew = false;
        foreach (var command in list.Commands.Where(command => _commands.Add(command.Id)))
        {
            isNew = true;
            await DealWithAsync(command, cancellationToken);
        }
        return isNew || _time.GetElapsedTime(reply.Sent) >= IdlePause ? TimeSpan.Zero : IdlePause;
    }

    private async Task DealWithAsync(GateCommand command, CancellationToken cancellationToken)
    {
        var came = _time.GetTimestamp();
        if (Refuses(command) is { } refused)
        {
            await InLaneAsync(() => WriteCommand(command.Id, CommandStep.NotDone, null, refused));
            return;
        }
        CommandClaim? claim = null;
        await InLaneAsync(() =>
        {
            _service.NoteClaim();
            lock (_sync)
            {
                WriteCommand(command.Id, CommandStep.Claimed, null, null);
                (_claim, claim) = (_journal.LastSeq, new() { Journal = _journal.Id, Seq = _journal.LastSeq });
            }
        });
        var (obstacle, sent) = await AskForGrantAsync(command.Id, claim!, came, cancellationToken);
        await InLaneAsync(() =>
        {
            var why = obstacle ?? LateSince(sent) ?? ObstacleTo(command.Command) ?? LateSince(sent);
            if (why is { } known)
            {
                WriteCommand(command.Id, CommandStep.NotDone, _claim, known);
            }
            else
            {
                Obey(command);
            }
            _claim = null;
        });
        _service.ReportSoon();
    }

    /// <summary>Claims until there is an answer or it is too late. Each request names the same event, and has a time of its own.</summary>
    /// <returns>Why there is no grant; or null, and when the request was sent that was granted.</returns>
    private async Task<(CommandObstacle? Obstacle, long Sent)> AskForGrantAsync(
        string command, CommandClaim claim, long came, CancellationToken cancellationToken)
    {
        while (_time.GetElapsedTime(came) < ClaimingTime)
        {
            var reply = await _service.ClaimAsync(command, claim, GrantWindow, cancellationToken);
            if (reply.Answer is { } answer)
            {
                return (answer.Granted ? null : CommandObstacle.NotGranted, reply.Sent);
            }
            if (reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
            {
                return (CommandObstacle.NotGranted, reply.Sent);
            }
            await Task.Delay(ClaimAgainAfter, _time, cancellationToken);
        }
        return (CommandObstacle.Late, 0);
    }

    /// <summary>Why a command is not even claimed; null if it is.</summary>
    private CommandObstacle? Refuses(GateCommand command) => command.Command switch
    {
        BarrierCommand.OpenOnce or BarrierCommand.Release or BarrierCommand.Unlock => null,
        BarrierCommand.HoldOpen when command.Seconds is > 0 and <= GateCommand.MaxSeconds => null,
        BarrierCommand.Lock when _service.Direction == GateDirection.Exit => CommandObstacle.NotAtExits,
        BarrierCommand.Lock when command.Seconds is > 0 and <= GateCommand.MaxSeconds => null,
        _ => CommandObstacle.NotKnown,
    };

    private CommandObstacle? LateSince(long sent) => _time.GetElapsedTime(sent) > GrantWindow ? CommandObstacle.Late : null;

    /// <summary>Why a granted command cannot be obeyed now; null if it can.</summary>
    private CommandObstacle? ObstacleTo(BarrierCommand command) => command switch
    {
        BarrierCommand.OpenOnce or BarrierCommand.HoldOpen when _barrier.IsFaulty && !Retry() => CommandObstacle.BarrierFault,
        BarrierCommand.OpenOnce when IsOpen || IsHeld => CommandObstacle.AlreadyOpen,
        _ => null,
    };

    /// <summary>Makes a barrier that did not obey try again. That it obeys by now is written first.</summary>
    private bool Retry()
    {
        if (_retryBarrier?.Invoke() != true)
        {
            return false;
        }
        Write(seq => new JournalGroup { Events = [_events.Incident(seq, GateIncident.BarrierRepaired, null, null)] });
        _barrier.IsFaulty = false;
        return true;
    }

    private void Obey(GateCommand command)
    {
        if (command.Command == BarrierCommand.OpenOnce)
        {
            // A stay that the operator named ends without a code, also if one was shown and refused before.
            var scan = command.Stay is null ? _barrier.Scan : null;
            Write(seq => new JournalGroup { Events = [_events.OpenedByCommand(seq, scan, ReasonOf(command), command.Id, command.Stay)] });
            if (scan is null)
            {
                _barrier.OpenWithoutScan();
            }
            else
            {
                _barrier.OpenByHand();
            }
        }
        else
        {
            WriteCommand(command.Id, CommandStep.Done, _claim, null);
            _order = command.Command switch
            {
                BarrierCommand.HoldOpen or BarrierCommand.Lock => new(
                    command.Command, command.Id, ReasonOf(command), _time.GetTimestamp(), TimeSpan.FromSeconds(command.Seconds!.Value)),
                BarrierCommand.Release when Order?.Command == BarrierCommand.HoldOpen => null,
                BarrierCommand.Unlock when IsLocked => null,
                _ => _order,
            };
        }
        Obeyed?.Invoke(command);
    }

    /// <summary>A vehicle moved while the barrier is held open. If it passed without a decision to open, a person let it through.</summary>
    private void PassHeld(VehicleMove move)
    {
        if (move != VehicleMove.Passed || Order is not { } order)
        {
            return;
        }
        Write(seq => new JournalGroup
        {
            Events =
            [
                _events.OpenedByCommand(seq, _barrier.Scan, order.Reason, order.Id, null),
                .. _barrier.Scan is { } scan ? [_events.Act(seq + 1, BarrierAct.Passed, scan)] : Array.Empty<ReportedEvent>(),
            ],
        });
    }

    /// <summary>Reports the commands that the gate was about to obey when it was stopped. They are not obeyed any more.</summary>
    private void RecoverClaims()
    {
        foreach (var command in _journal.Claims.Known)
        {
            _service.NoteClaim();
            _commands.Add(command);
        }
        foreach (var (command, claim) in _journal.Claims.Open.ToList())
        {
            WriteCommand(command, CommandStep.NotDone, claim, CommandObstacle.Restarted);
        }
    }

    private void WriteCommand(string command, CommandStep step, long? claim, CommandObstacle? obstacle) =>
        Write(seq => new JournalGroup { Events = [_events.Command(seq, command, step, claim, obstacle)] });

    private static string ReasonOf(GateCommand command) =>
        command.Reason.Length is > 0 and <= ReportedAct.MaxReasonLength ? command.Reason : "by command";

    /// <summary>What the barrier does until it is told otherwise, or until its time is over. A restart ends it.</summary>
    /// <param name="Command">Hold open, or lock.</param>
    /// <param name="Id">The command's name.</param>
    /// <param name="Reason">Why it was given.</param>
    /// <param name="Since">The reading of the steady clock when it was obeyed.</param>
    /// <param name="Lasting">For how long.</param>
    private sealed record StandingOrder(BarrierCommand Command, string Id, string Reason, long Since, TimeSpan Lasting);
}
