using NodaTime;
using Parking.Events;

namespace Parking.Alarms;

/// <summary>Something that happens to an alarm. It may come twice, and late.</summary>
/// <param name="Cause">The alarm.</param>
/// <param name="At">When it happened.</param>
public abstract record AlarmStep(AlarmCause Cause, Instant At)
{
    /// <summary>When it happened, to the millisecond: a database must not make another time of it.</summary>
    public Instant At { get; } = At.ToMilliseconds();

    /// <summary>What it is in history; null for what is no change of the alarm's state.</summary>
    public abstract AlarmChange? Change { get; }
}

/// <summary>What changed an alarm. Numbers are stored: they may be added, but never changed.</summary>
public enum AlarmChange
{
    Raised = 1,
    Returned = 2,
    Acknowledged = 3,
    Shelved = 4,
    Unshelved = 5,
    ShelvingEnded = 6,
}

/// <summary>Its condition was seen for long enough.</summary>
public sealed record AlarmRaised(AlarmCause Cause, Instant At) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => AlarmChange.Raised;
}

/// <summary>Its condition is still seen.</summary>
public sealed record AlarmSeen(AlarmCause Cause, Instant At) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => null;
}

/// <summary>An instance has not seen its condition for long enough. Nothing happens if another one has.</summary>
public sealed record AlarmReturned(AlarmCause Cause, Instant At) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => AlarmChange.Returned;
}

/// <summary>Somebody knows of one occurrence. A later one is not acknowledged by it.</summary>
/// <param name="Cause">The alarm.</param>
/// <param name="At">When it happened.</param>
/// <param name="Occurrence">The occurrence that they saw.</param>
/// <param name="By">The claim <c>staff</c> of their token.</param>
public sealed record AlarmAcknowledged(AlarmCause Cause, Instant At, long Occurrence, string By) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => AlarmChange.Acknowledged;
}

/// <summary>Somebody puts it aside.</summary>
/// <param name="Cause">The alarm.</param>
/// <param name="At">When it happened.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it comes back.</param>
/// <param name="By">The claim <c>staff</c> of their token.</param>
public sealed record AlarmShelved(AlarmCause Cause, Instant At, string Reason, Instant Until, string By) : AlarmStep(Cause, At)
{
    /// <summary>When it comes back, to the millisecond.</summary>
    public Instant Until { get; } = Until.ToMilliseconds();

    public override AlarmChange? Change => AlarmChange.Shelved;

    /// <summary>Whether it is put aside in this way already: the same request came again.</summary>
    internal bool IsLike(Shelving? shelving) =>
        shelving is not null && (shelving.Reason, shelving.Until, shelving.By) == (Reason, Until, By);
}

/// <summary>Somebody takes it back before its end.</summary>
public sealed record AlarmUnshelved(AlarmCause Cause, Instant At) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => AlarmChange.Unshelved;
}

/// <summary>The end of its shelving has come.</summary>
public sealed record AlarmShelvingEnded(AlarmCause Cause, Instant At) : AlarmStep(Cause, At)
{
    public override AlarmChange? Change => AlarmChange.ShelvingEnded;
}
