using System.ComponentModel.DataAnnotations;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>What an alarm is about. docs/alarms.md has what each means.</summary>
public enum AlarmKind
{
    /// <summary>The live store, or a shard of it, is out of reach.</summary>
    StoreUnreachable = 1,

    /// <summary>At least half of the city's gates fell silent.</summary>
    ManyGatesSilent = 2,

    /// <summary>The barrier of an exit does not do what it is told.</summary>
    ExitBarrierFault = 3,

    /// <summary>The barrier of an entry does not do what it is told.</summary>
    EntryBarrierFault = 4,

    /// <summary>The database of the back office is out of reach.</summary>
    BackOfficeUnreachable = 5,

    /// <summary>All gates of a facility fell silent.</summary>
    FacilitySilent = 6,

    /// <summary>A gate is silent, and has events that did not arrive.</summary>
    GateSilent = 7,

    /// <summary>A gate used a number for two events.</summary>
    EventConflict = 8,

    /// <summary>Stays of a facility cannot be trusted as they are.</summary>
    ConflictingStays = 9,

    /// <summary>A gate saw several codes with an invalid signature.</summary>
    BadSignatures = 10,

    /// <summary>A gate refuses everybody because of their codes.</summary>
    RefusesEverybody = 11,

    /// <summary>A second vehicle passed on one opening.</summary>
    Tailgating = 12,

    /// <summary>A facility should be counted.</summary>
    CountOverdue = 13,

    /// <summary>A holiday calendar ends soon, or has ended.</summary>
    CalendarEnds = 14,

    /// <summary>Stays of a facility are open for longer than is plausible there.</summary>
    LongStays = 15,
}

/// <summary>How soon somebody has to act.</summary>
public enum AlarmPriority
{
    /// <summary>Now.</summary>
    Urgent = 1,

    /// <summary>Within the hour.</summary>
    Important = 2,

    /// <summary>Within the day.</summary>
    Minor = 3,
}

/// <summary>The state of an alarm, after ISA-18.2.</summary>
public enum AlarmState
{
    /// <summary>Nothing is the matter, and nothing is left to acknowledge.</summary>
    Normal = 0,

    /// <summary>Its condition holds, and nobody has acknowledged that.</summary>
    Unacknowledged = 1,

    /// <summary>Its condition holds, and somebody knows.</summary>
    Acknowledged = 2,

    /// <summary>Its condition came and went, and nobody has acknowledged that it was there.</summary>
    ReturnedUnacknowledged = 3,

    /// <summary>Somebody put it aside until a given time.</summary>
    Shelved = 4,
}

/// <summary>An alarm as the hub says it: its full state.</summary>
/// <param name="Id">Its cause, such as <c>gate_silent:hsp-in-1</c>. There is one alarm for each cause.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Priority">How soon somebody has to act.</param>
/// <param name="State">Its state.</param>
/// <param name="Occurrence">How often it was raised. Acknowledging names the occurrence that was seen.</param>
/// <param name="Facility">The facility that it belongs to; null for the city's.</param>
/// <param name="Gate">The gate that it is about; null if it is about none.</param>
/// <param name="RaisedAt">When it was raised last.</param>
/// <param name="ReturnedAt">When its condition ended; null while it holds.</param>
/// <param name="ShelvedUntil">When it comes back; null unless it is shelved.</param>
public sealed record AlarmMessage(
    string Id,
    AlarmKind Kind,
    AlarmPriority Priority,
    AlarmState State,
    long Occurrence,
    string? Facility,
    string? Gate,
    Instant RaisedAt,
    Instant? ReturnedAt,
    Instant? ShelvedUntil);

/// <summary>The alarms of the caller's scopes.</summary>
/// <param name="Alarms">Those that were asked for, the most urgent first, of these the one that was raised last.</param>
/// <param name="Counts">How many alarms of each priority are in which state, whatever was asked for.</param>
/// <param name="Rate">How many alarms people had to deal with.</param>
/// <param name="Kinds">What each kind means, and what to do.</param>
public sealed record AlarmListAnswer(
    IReadOnlyList<AlarmAnswer> Alarms,
    IReadOnlyList<AlarmCount> Counts,
    AlarmRate Rate,
    IReadOnlyList<AlarmMeaning> Kinds);

/// <summary>An alarm.</summary>
public sealed record AlarmAnswer
{
    /// <summary>Its cause, such as <c>gate_silent:hsp-in-1</c>. There is one alarm for each cause.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>How soon somebody has to act.</summary>
    public required AlarmPriority Priority { get; init; }

    /// <summary>Its state.</summary>
    public required AlarmState State { get; init; }

    /// <summary>How often it was raised. Acknowledging names the occurrence that was seen.</summary>
    public required long Occurrence { get; init; }

    /// <summary>The facility that it belongs to; null for the city's.</summary>
    public string? Facility { get; init; }

    /// <summary>The gate that it is about; null if it is about none.</summary>
    public string? Gate { get; init; }

    /// <summary>When it was raised last.</summary>
    public required Instant RaisedAt { get; init; }

    /// <summary>When its condition ended; null while it holds.</summary>
    public Instant? ReturnedAt { get; init; }

    /// <summary>When this occurrence was acknowledged; null if it was not.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>Who acknowledged it: the claim <c>staff</c> of their token.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>How it was put aside; null unless it is shelved.</summary>
    public ShelvingSummary? Shelving { get; init; }
}

/// <summary>How an alarm was put aside.</summary>
/// <param name="Reason">Why.</param>
/// <param name="By">Who did: the claim <c>staff</c> of their token.</param>
/// <param name="At">When they did.</param>
/// <param name="Until">When it comes back.</param>
public sealed record ShelvingSummary(string Reason, string By, Instant At, Instant Until);

/// <summary>How many alarms of a priority are in which state.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Unacknowledged">Their condition holds, and nobody has acknowledged that.</param>
/// <param name="Acknowledged">Their condition holds, and somebody knows.</param>
/// <param name="ReturnedUnacknowledged">Their condition came and went, and nobody has acknowledged that.</param>
/// <param name="Shelved">Somebody put them aside.</param>
public sealed record AlarmCount(AlarmPriority Priority, int Unacknowledged, int Acknowledged, int ReturnedUnacknowledged, int Shelved);

/// <summary>How many alarms were raised, without those that were shelved.</summary>
/// <param name="LastHour">In the last hour.</param>
/// <param name="PerTenMinutes">The mean of it for ten minutes, with one decimal.</param>
/// <param name="Aim">How many one person can deal with in ten minutes: one.</param>
public sealed record AlarmRate(int LastHour, decimal PerTenMinutes, int Aim);

/// <summary>What alarms of a kind mean.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Priority">How soon somebody has to act.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Action">What to do.</param>
public sealed record AlarmMeaning(AlarmKind Kind, AlarmPriority Priority, BilingualText Name, BilingualText Meaning, BilingualText Action);

/// <summary>Alarms that somebody knows of.</summary>
public sealed record AcknowledgeRequest
{
    /// <summary>The largest number of alarms in a request.</summary>
    public const int MaxAlarms = 500;

    /// <summary>The alarms as they were seen, 1 to 500.</summary>
    [Length(1, MaxAlarms, ErrorMessage = "alarms are 1 to 500.")]
    public required IReadOnlyList<SeenAlarm> Alarms { get; init; }
}

/// <summary>An alarm as somebody saw it.</summary>
/// <param name="Id">The alarm.</param>
/// <param name="Occurrence">The occurrence that they saw. A later one is not acknowledged.</param>
public sealed record SeenAlarm(string Id, long Occurrence);

/// <summary>What came of acknowledging, alarm by alarm, in the order of the request.</summary>
/// <param name="Alarms">The outcomes.</param>
public sealed record AcknowledgeAnswer(IReadOnlyList<AcknowledgedAlarm> Alarms);

/// <summary>What came of acknowledging one alarm.</summary>
/// <param name="Id">The alarm.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Alarm">The alarm as it is now; null if there is none, or the caller may not act on it.</param>
public sealed record AcknowledgedAlarm(string Id, AcknowledgeOutcome Outcome, AlarmAnswer? Alarm);

/// <summary>What came of acknowledging one alarm.</summary>
public enum AcknowledgeOutcome
{
    /// <summary>It is acknowledged, now or since earlier.</summary>
    Acknowledged = 1,

    /// <summary>It was raised anew, or that occurrence never was: look at it first.</summary>
    OtherOccurrence = 2,

    /// <summary>There is no such alarm.</summary>
    NotFound = 3,

    /// <summary>The caller has no duty <c>operate</c> for it.</summary>
    Forbidden = 4,
}

/// <summary>Puts an alarm aside.</summary>
public sealed record ShelveRequest
{
    /// <summary>The longest reason.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Why: one line of 3 to 200 characters, without a person's name.</summary>
    [StringLength(MaxReasonLength, MinimumLength = 3, ErrorMessage = "reason has 3 to 200 characters.")]
    public required string Reason { get; init; }

    /// <summary>When it comes back: at most 24 hours from now.</summary>
    public required Instant Until { get; init; }
}
