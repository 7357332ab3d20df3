using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Commands;

/// <summary>A command to a gate and what became of it, as the service knows it. Times are to the millisecond.</summary>
public sealed record CommandRecord
{
    /// <summary>How long before its expiry a command is granted for the last time: a gate obeys within this time after its claim.</summary>
    public static readonly Duration GrantLead = Duration.FromSeconds(2);

    /// <summary>How long after a grant the gate may be silent before nothing is known of the command.</summary>
    public static readonly Duration ReportPatience = Duration.FromSeconds(5);

    public required CommandId Id { get; init; }

    public required GateId Gate { get; init; }

    public required BarrierCommand Command { get; init; }

    /// <summary>The public name of the stay that ends with it; null if none is named.</summary>
    public string? Stay { get; init; }

    public required string Reason { get; init; }

    /// <summary>How long it holds, in seconds; null if it does not last.</summary>
    public int? Seconds { get; init; }

    /// <summary>The operator as the log names them; never a citizen code.</summary>
    public required string Staff { get; init; }

    /// <summary>The duty that allowed it; null for a command from before it was recorded.</summary>
    public string? Duty { get; init; }

    public required Instant QueuedAt { get; init; }

    /// <summary>When it is over, whatever the gate does: 10 s after it was queued to open once, 30 s for all others.</summary>
    public Instant ExpiresAt => QueuedAt + Duration.FromSeconds(Command == BarrierCommand.OpenOnce ? 10 : 30);

    /// <summary>From when on no claim is granted any more.</summary>
    public Instant GrantedUntil => ExpiresAt - GrantLead;

    /// <summary>The claim that was granted; null if none was.</summary>
    public CommandGrant? Grant { get; init; }

    /// <summary>What the gate reported; null as long as it has reported nothing final.</summary>
    public CommandEnd? End { get; init; }

    /// <summary>Whether it still waits for its gate to claim it.</summary>
    public bool IsWaiting => Grant is null && End is null;

    public CommandState StateAt(Instant now) => this switch
    {
        { End.Obstacle: { } } => CommandState.NotObeyed,
        { End: { } } => CommandState.Obeyed,
        { Grant: { } grant } => now - grant.At <= ReportPatience ? CommandState.Granted : CommandState.NothingKnown,
        _ => now < GrantedUntil ? CommandState.Queued : CommandState.Expired,
    };

    /// <summary>Whether both are the same wish of the same person, whatever became of it.</summary>
    public bool IsSameAs(CommandRecord other) =>
        this with { Duty = other.Duty, QueuedAt = other.QueuedAt, Grant = other.Grant, End = other.End } == other;
}

/// <summary>The one claim that may obey a command.</summary>
/// <param name="Journal">The journal in which the gate wrote it.</param>
/// <param name="Seq">Its number there.</param>
/// <param name="At">When it was granted first.</param>
public sealed record CommandGrant(JournalId Journal, long Seq, Instant At);

/// <summary>The end of a command, as its gate reported it.</summary>
/// <param name="At">When the service learnt it.</param>
/// <param name="Obstacle">Why the gate did not obey; null if it obeyed.</param>
public sealed record CommandEnd(Instant At, CommandObstacle? Obstacle);

/// <summary>How far a command is, as far as the service knows.</summary>
public enum CommandState
{
    /// <summary>It waits for its gate.</summary>
    Queued = 1,

    /// <summary>Its gate has claimed it, and may obey.</summary>
    Granted = 2,

    /// <summary>Its gate has obeyed.</summary>
    Obeyed = 3,

    /// <summary>Its gate has not obeyed, and will not.</summary>
    NotObeyed = 4,

    /// <summary>No gate claimed it in time. It will not be obeyed.</summary>
    Expired = 5,

    /// <summary>Its gate was allowed to obey and has said nothing since. The barrier may have moved.</summary>
    NothingKnown = 6,
}
