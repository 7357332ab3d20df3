using System.ComponentModel.DataAnnotations;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>A command to a gate's barrier.</summary>
public sealed record GateCommandRequest
{
    /// <summary>
    /// Its name, drawn by the client at the moment in which the operator gives the command: a ULID, whose time is not more than five
    /// seconds from the service's clock. Repeating the request with the same id does not repeat the command.
    /// </summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CommandIds.Rule)]
    public required string Id { get; init; }

    /// <summary>What the barrier is to do.</summary>
    public required BarrierCommand Command { get; init; }

    /// <summary>For <c>open_once</c> at an exit: the id of the stay that ends with it. Left out if none is named.</summary>
    public string? Stay { get; init; }

    /// <summary>Why: 1 to 200 characters, without a person's name.</summary>
    [StringLength(ReportedAct.MaxReasonLength, MinimumLength = 1, ErrorMessage = "reason has 1 to 200 characters.")]
    public required string Reason { get; init; }

    /// <summary>For <c>hold_open</c> and <c>lock</c>, and only for these: for how long, 1 to 43,200 seconds.</summary>
    [Range(1, GateCommand.MaxSeconds, ErrorMessage = "seconds is 1 to 43200.")]
    public int? Seconds { get; init; }
}

/// <summary>A command to a gate's barrier, and how far it is.</summary>
public sealed record GateCommandAnswer
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The gate's id.</summary>
    public required string Gate { get; init; }

    /// <summary>What the barrier is to do.</summary>
    public required BarrierCommand Command { get; init; }

    /// <summary>The id of the stay that ends with it; left out if none is named.</summary>
    public string? Stay { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>For how long, in seconds; left out if it does not last.</summary>
    public int? Seconds { get; init; }

    /// <summary>Who gave it: the claim <c>staff</c> of their token.</summary>
    public required string Staff { get; init; }

    /// <summary>How far it is.</summary>
    public required GateCommandState State { get; init; }

    /// <summary>When the service took it.</summary>
    public required Instant QueuedAt { get; init; }

    /// <summary>When it is over: the barrier does not move later for it.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>When the gate's claim was granted; left out if it was not.</summary>
    public Instant? GrantedAt { get; init; }

    /// <summary>When the service learnt its end from the gate; left out if it did not.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why the gate did not obey; left out unless <see cref="State"/> is <c>not_obeyed</c>.</summary>
    public CommandObstacle? Obstacle { get; init; }
}

/// <summary>How far a command is, as far as the service knows.</summary>
public enum GateCommandState
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

    /// <summary>Its gate was allowed to obey and has said nothing since. The barrier may have moved: look.</summary>
    NothingKnown = 6,
}
