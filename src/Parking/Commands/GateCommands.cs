using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Commands;

/// <summary>
/// The service's side of commands to gates: claim, then act. A command is queued once, granted to one claim, and granted again only to that
/// claim, while it has not expired by the service's clock. docs/gate-protocol.md has the gate's side.
/// </summary>
public sealed class GateCommands(ICommandStore store, ITimelineStore timelines, StayNames names, ICommandWitness witness, IClock clock)
{
    /// <summary>How far the time in a client's id may be from the service's clock: what is older waited somewhere on the way.</summary>
    public static readonly Duration Freshness = Duration.FromSeconds(5);

    /// <summary>Queues a command, unless it is known already.</summary>
    /// <param name="gate">The gate to which it is.</param>
    /// <param name="asked">The command as it would be queued now: valid by itself, and fit for the gate's direction.</param>
    /// <exception cref="StoreUnavailableException">It is not known whether it was queued: call again with the same id.</exception>
    public async Task<QueueResult> QueueAsync(Gate gate, CommandRecord asked)
    {
        while (true)
        {
            var stored = await store.LoadAsync(gate.Facility.Id, asked.Id);
            if (stored.Version > 0)
            {
                var known = CommandCodec.Decode(stored.Content);
                return new(known.IsSameAs(asked) ? QueueOutcome.Queued : QueueOutcome.OtherContent, known);
            }

            var drawnBefore = asked.QueuedAt - asked.Id.DrawnAt;
            if (drawnBefore > Freshness || drawnBefore < -Freshness)
            {
                return new(QueueOutcome.NotFresh, null);
            }

            if (asked.Stay is { } stay && await RefusalOfAsync(gate.Facility.Id, stay) is { } refused)
            {
                return new(refused, null);
            }

            if (await store.CommitAsync(gate.Facility.Id, gate.Id, asked.Id, 0, CommandCodec.Encode(asked), asked.GrantedUntil))
            {
                witness.Changed(gate, asked);
                return new(QueueOutcome.Queued, asked);
            }
        }
    }

    /// <summary>A command to a gate; null if there is none, or it is to another gate.</summary>
    public async Task<CommandRecord?> FindAsync(Gate gate, CommandId id)
    {
        var (_, found) = await LoadAsync(gate, id);
        return found;
    }

    /// <summary>A command to any gate of a facility; null if there is none.</summary>
    /// <exception cref="InvalidDataException">What is kept of it cannot be read.</exception>
    public async Task<CommandRecord?> FindAsync(FacilityId facility, CommandId id)
    {
        var stored = await store.LoadAsync(facility, id);
        return stored.Version == 0 ? null : CommandCodec.Decode(stored.Content);
    }

    /// <summary>The commands that wait for a gate, oldest first.</summary>
    public async Task<IReadOnlyList<CommandRecord>> WaitingAsync(Gate gate)
    {
        var now = clock.GetCurrentInstant();
        return
        [
            .. (await store.WaitingAsync(gate.Facility.Id, gate.Id, now)).Select(CommandCodec.Decode)
                .Where(command => command.IsWaiting && now < command.GrantedUntil)
                .OrderBy(command => command.QueuedAt).ThenBy(command => command.Id.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Grants a command to a claim, if no other claim has it and it is still time.</summary>
    /// <returns>Null if it is granted; otherwise why not.</returns>
    public async Task<ClaimRefusal?> ClaimAsync(Gate gate, CommandId id, JournalId journal, long seq)
    {
        while (true)
        {
            var (version, command) = await LoadAsync(gate, id);
            var now = clock.GetCurrentInstant().ToMilliseconds();
            if (command is null)
            {
                return ClaimRefusal.NotFound;
            }

            if (command.End is not null || (command.Grant is { } other && (other.Journal != journal || other.Seq != seq)))
            {
                return ClaimRefusal.Taken;
            }

            if (now >= command.GrantedUntil)
            {
                return ClaimRefusal.Expired;
            }

            if (command.Grant is not null)
            {
                return null;
            }

            if (await CommitAsync(gate, version, command with { Grant = new(journal, seq, now) }))
            {
                return null;
            }
        }
    }

    /// <summary>Notes that a gate reported to have obeyed. A command that is not known, or is to another gate, is passed over.</summary>
    public Task NoteDoneAsync(Gate gate, CommandId id) =>
        NoteAsync(gate, id, obstacle: null, counts: command => command is not { End.Obstacle: null });

    /// <summary>
    /// Notes that a gate reported not to have obeyed. It does not count if the command was granted to another claim, or has ended.
    /// </summary>
    /// <param name="gate">The gate.</param>
    /// <param name="id">The command. One that is not known, or is to another gate, is passed over.</param>
    /// <param name="obstacle">Why it did not obey.</param>
    /// <param name="journal">The journal that reports it.</param>
    /// <param name="claim">The number of its claim in that journal; null if it made none.</param>
    public Task NoteNotDoneAsync(Gate gate, CommandId id, CommandObstacle obstacle, JournalId journal, long? claim) => NoteAsync(
        gate, id, obstacle,
        counts: command => command.End is null
            && (command.Grant is not { } grant || (grant.Journal == journal && grant.Seq == claim)));

    private async Task NoteAsync(Gate gate, CommandId id, CommandObstacle? obstacle, Func<CommandRecord, bool> counts)
    {
        var isNoted = false;
        while (!isNoted)
        {
            var (version, command) = await LoadAsync(gate, id);
            isNoted = command is null || !counts(command)
                || await CommitAsync(gate, version, command with { End = new(clock.GetCurrentInstant().ToMilliseconds(), obstacle) });
        }
    }

    private async Task<bool> CommitAsync(Gate gate, long version, CommandRecord next)
    {
        var isCommitted = await store.CommitAsync(
            gate.Facility.Id, gate.Id, next.Id, version, CommandCodec.Encode(next), next.IsWaiting ? next.GrantedUntil : null);
        if (isCommitted)
        {
            witness.Changed(gate, next);
        }

        return isCommitted;
    }

    private async Task<(long Version, CommandRecord? Command)> LoadAsync(Gate gate, CommandId id)
    {
        var stored = await store.LoadAsync(gate.Facility.Id, id);
        var found = stored.Version == 0 ? null : CommandCodec.Decode(stored.Content);
        return found?.Gate == gate.Id ? (stored.Version, found) : (0, null);
    }

    private async Task<QueueOutcome?> RefusalOfAsync(FacilityId facility, string stay)
    {
        if (!CodeId.TryParse(stay, out var name))
        {
            return QueueOutcome.StayNotFound;
        }

        var (holder, digest) = names.Open(name);
        var timeline = RecentTimelines.Decode((await timelines.LoadAsync(holder)).Content);
        return timeline.Stays.FirstOrDefault(one => one.Facility == facility && one.Id.Digest() == digest) switch
        {
            null => QueueOutcome.StayNotFound,
            { IsOpen: false } => QueueOutcome.StayHasEnded,
            _ => null,
        };
    }
}

/// <summary>Hears of every change of a command that was made through this instance: the one place from which others are told.</summary>
public interface ICommandWitness
{
    /// <summary>A command was queued, granted or ended. Must not wait or throw.</summary>
    void Changed(Gate gate, CommandRecord command);
}

/// <summary>The result of queueing a command.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Command">The command that is known under the id; null if there is none.</param>
public readonly record struct QueueResult(QueueOutcome Outcome, CommandRecord? Command);

/// <summary>The outcomes of <see cref="GateCommands.QueueAsync"/>.</summary>
public enum QueueOutcome
{
    /// <summary>It is queued, now or from before.</summary>
    Queued,

    /// <summary>Another command is known under this id. Nothing changed.</summary>
    OtherContent,

    /// <summary>The id was drawn too long before the service's time, or after it. Nothing changed.</summary>
    NotFresh,

    /// <summary>The facility has no such stay. Nothing changed.</summary>
    StayNotFound,

    /// <summary>The stay has ended. Nothing changed.</summary>
    StayHasEnded,
}
