using NodaTime;

namespace Parking.Alarms;

/// <summary>The alarm of one cause, after ISA-18.2: what has happened to it so far. Pure.</summary>
public sealed record Alarm
{
    public required AlarmCause Cause { get; init; }

    /// <summary>Rises by one with each step that changes something; 0 for an alarm that never was.</summary>
    public long Version { get; init; }

    /// <summary>How often it was raised. Somebody acknowledges one of these occurrences.</summary>
    public long Occurrence { get; init; }

    /// <summary>Whether its condition holds.</summary>
    public bool IsActive { get; init; }

    /// <summary>When it was raised last.</summary>
    public Instant RaisedAt { get; init; }

    /// <summary>When an instance noted last that it saw the condition.</summary>
    public Instant SeenAt { get; init; }

    /// <summary>When it returned last; null if it never did.</summary>
    public Instant? ReturnedAt { get; init; }

    /// <summary>Who acknowledged this occurrence; null if nobody did.</summary>
    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>How it was put aside; null if it is not. It counts until its end, even before that is noted.</summary>
    public Shelving? Shelving { get; init; }

    /// <summary>The alarm before anything happened to it.</summary>
    public static Alarm Never(AlarmCause cause) => new() { Cause = cause };

    /// <summary>How it is put aside at a time; null if it is not.</summary>
    public Shelving? ShelvingAt(Instant now) => Shelving is { } shelving && now < shelving.Until ? shelving : null;

    /// <summary>The state that people see.</summary>
    public AlarmState StateAt(Instant now) => ShelvingAt(now) is not null ? AlarmState.Shelved
        : IsActive ? (Acknowledgement is null ? AlarmState.Unacknowledged : AlarmState.Acknowledged)
        : Acknowledgement is null && Occurrence > 0 ? AlarmState.ReturnedUnacknowledged
        : AlarmState.Normal;

    /// <summary>
    /// The alarm after a step; the same version if the step changes nothing: it came twice, or late, or somebody else has made it before.
    /// </summary>
    public Alarm After(AlarmStep step) => step switch
    {
        // What another instance saw returning after this was seen is over, and not a new occurrence.
        AlarmRaised when !IsActive && !(step.At <= ReturnedAt) => this with
        {
            Version = Version + 1,
            Occurrence = Occurrence + 1,
            IsActive = true,
            RaisedAt = step.At,
            SeenAt = step.At,
            Acknowledgement = null,
        },
        AlarmRaised or AlarmSeen when IsActive && step.At > SeenAt => this with { SeenAt = step.At },
        AlarmReturned when IsActive && SeenAt + Cause.Rule.ReturnsAfter <= step.At => this with
        {
            Version = Version + 1,
            IsActive = false,
            ReturnedAt = step.At,
        },
        AlarmAcknowledged done when Occurrence == done.Occurrence && Occurrence > 0 && Acknowledgement is null => this with
        {
            Version = Version + 1,
            Acknowledgement = new(done.By, done.At),
        },
        AlarmShelved aside when Version > 0 && aside.Until > aside.At && !aside.IsLike(Shelving) => this with
        {
            Version = Version + 1,
            Shelving = new(aside.Reason, aside.By, aside.At, aside.Until),
        },
        AlarmUnshelved when Shelving is not null => this with { Version = Version + 1, Shelving = null },
        AlarmShelvingEnded when Shelving is { } over && over.Until <= step.At => this with { Version = Version + 1, Shelving = null },
        _ => this,
    };
}

/// <summary>That somebody knows of an alarm.</summary>
/// <param name="By">The claim <c>staff</c> of their token.</param>
/// <param name="At">When they said so.</param>
public sealed record Acknowledgement(string By, Instant At);

/// <summary>That somebody put an alarm aside.</summary>
/// <param name="Reason">Why: what a person wrote. It is not for a log, a hub or history.</param>
/// <param name="By">The claim <c>staff</c> of their token.</param>
/// <param name="At">When they did.</param>
/// <param name="Until">When it comes back.</param>
public sealed record Shelving(string Reason, string By, Instant At, Instant Until);
