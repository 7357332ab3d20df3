using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// A command of an operator to one gate. Its <see cref="Id"/> names it for ever. A gate obeys it only after the service has granted the
/// gate's claim, and at most once.
/// </summary>
public sealed record GateCommand
{
    /// <summary>The longest time that <see cref="Seconds"/> can be: 12 hours.</summary>
    public const int MaxSeconds = 12 * 60 * 60;

    /// <summary>Its name: a ULID, <see cref="CommandIds.Pattern"/>.</summary>
    [Required]
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CommandIds.Rule)]
    public required string Id { get; init; }

    /// <summary>What the barrier is to do. A gate obeys none that it does not know.</summary>
    public required BarrierCommand Command { get; init; }

    /// <summary>
    /// For <see cref="BarrierCommand.OpenOnce"/> at an exit: the public name of the stay that ends with it, 32 hexadecimal digits. Null if
    /// none was named.
    /// </summary>
    public string? Stay { get; init; }

    /// <summary>Why the operator gave it: 1 to 200 characters, without a person's name.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// For <see cref="BarrierCommand.HoldOpen"/> and <see cref="BarrierCommand.Lock"/>: how many seconds it lasts, 1 to
    /// <see cref="MaxSeconds"/>, by the gate's steady clock from the moment in which it obeys. Null for all others.
    /// </summary>
    public int? Seconds { get; init; }
}

/// <summary>What a barrier can be told to do from afar. The numbers are stored: add new ones, never change existing ones.</summary>
public enum BarrierCommand
{
    /// <summary>Open for one vehicle.</summary>
    OpenOnce = 1,

    /// <summary>Stay open for some time. Codes are read and booked all the same.</summary>
    HoldOpen = 2,

    /// <summary>End <see cref="HoldOpen"/> before its time.</summary>
    Release = 3,

    /// <summary>At an entry: stay shut for some time, whatever code is shown.</summary>
    Lock = 4,

    /// <summary>End <see cref="Lock"/> before its time.</summary>
    Unlock = 5,
}

/// <summary>How the name of a command is written: a ULID.</summary>
public static class CommandIds
{
    /// <summary>26 digits of Crockford's Base32 in capitals; the first ten are the time in milliseconds since 1970.</summary>
    public const string Pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$";

    /// <summary>What is said of a text that is none.</summary>
    public const string Rule = "a command's id is a ULID: 26 digits of Crockford's Base32 in capitals.";
}

/// <summary>
/// The answer to <c>GET /v1/gates/{gateId}/commands</c>: the commands that wait for the gate and that the call did not name as
/// <c>seen</c>, oldest first. The service answers at once if there are any, otherwise after 25 seconds with none.
/// </summary>
public sealed record GateCommandList
{
    /// <summary>The most ids that a call may name as <c>seen</c>.</summary>
    public const int MaxSeen = 64;

    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }

    /// <summary>The commands; none if there was none for 25 seconds, or if the service stops.</summary>
    public required IReadOnlyList<GateCommand> Commands { get; init; }
}

/// <summary>
/// Asks for the right to obey a command; posted to <c>/v1/gates/{gateId}/commands/{commandId}/claims</c> after the event that says so
/// (<see cref="ReportedCommand"/> with <see cref="CommandStep.Claimed"/>) is on the gate's disk. May be sent any number of times.
/// </summary>
public sealed record CommandClaim
{
    /// <summary>The journal with that event.</summary>
    [Required]
    [RegularExpression("^[0-9a-f]{16}$", ErrorMessage = "journal is 16 lowercase hexadecimal digits, drawn at random once per disk.")]
    public required string Journal { get; init; }

    /// <summary>The number of that event.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "seq counts 1, 2, 3 … up to 9007199254740991.")]
    public required long Seq { get; init; }
}

/// <summary>The answer to a claim.</summary>
public sealed record CommandClaimAnswer
{
    /// <summary>The service's clock.</summary>
    public required Instant Time { get; init; }

    /// <summary>
    /// Whether the gate may obey: only if this answer came within two seconds of the sending of its request, by the gate's steady clock.
    /// </summary>
    public required bool Granted { get; init; }

    /// <summary>Why not; null if it is granted.</summary>
    public ClaimRefusal? Refusal { get; init; }
}

/// <summary>Why a claim is not granted. The claim will never be granted later.</summary>
public enum ClaimRefusal
{
    /// <summary>It is too late for the command.</summary>
    Expired = 1,

    /// <summary>Another claim was granted, or the gate has reported that it did not obey.</summary>
    Taken = 2,

    /// <summary>The service has no such command for this gate.</summary>
    NotFound = 3,
}

/// <summary>
/// What became of a command at the gate. A command that opens the barrier once and is obeyed has a <see cref="ReportedAct"/> with its name
/// in place of <see cref="CommandStep.Done"/>.
/// </summary>
public sealed record ReportedCommand : ReportedEvent
{
    /// <summary>The command's name.</summary>
    [Required]
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CommandIds.Rule)]
    public required string Command { get; init; }

    /// <summary>How far it came.</summary>
    public required CommandStep Step { get; init; }

    /// <summary>
    /// The number of the event with <see cref="CommandStep.Claimed"/> in the same journal; null for that event itself, and for a command
    /// that the gate did not claim.
    /// </summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "claim is the seq of the event that claimed the command.")]
    public long? Claim { get; init; }

    /// <summary>Why the gate did not obey; required for <see cref="CommandStep.NotDone"/>, otherwise null.</summary>
    public CommandObstacle? Obstacle { get; init; }
}

/// <summary>How far a command came at its gate. The numbers are stored: add new ones, never change existing ones.</summary>
public enum CommandStep
{
    /// <summary>The gate claims it. Written before the claim is sent.</summary>
    Claimed = 1,

    /// <summary>The gate obeys. Written before anything moves.</summary>
    Done = 2,

    /// <summary>The gate did not obey, and will not.</summary>
    NotDone = 3,
}

/// <summary>Why a gate did not obey a command. The numbers are stored: add new ones, never change existing ones.</summary>
public enum CommandObstacle
{
    /// <summary>No grant came in time.</summary>
    Late = 1,

    /// <summary>The service did not grant the claim.</summary>
    NotGranted = 2,

    /// <summary>The gate was restarted between its claim and its act.</summary>
    Restarted = 3,

    /// <summary>The barrier does not obey the gate.</summary>
    BarrierFault = 4,

    /// <summary>The barrier was open already.</summary>
    AlreadyOpen = 5,

    /// <summary>Exits are never locked.</summary>
    NotAtExits = 6,

    /// <summary>The gate does not know this command.</summary>
    NotKnown = 7,
}

/// <summary>How a barrier is.</summary>
public enum BarrierPosition
{
    /// <summary>Shut, and it opens for valid codes.</summary>
    Closed = 1,

    /// <summary>Open for one vehicle.</summary>
    Open = 2,

    /// <summary>Held open by a command.</summary>
    HeldOpen = 3,

    /// <summary>Locked by a command: shut, whatever code is shown.</summary>
    Locked = 4,

    /// <summary>It does not obey the gate.</summary>
    Faulty = 5,
}
