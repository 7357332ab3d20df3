using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// A fact that a gate wrote into its journal. Its permanent identity is (gate, journal, <see cref="Seq"/>): reporting the same content
/// again changes nothing and gets the first answer.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReportedScan), "scan")]
[JsonDerivedType(typeof(ReportedAct), "act")]
[JsonDerivedType(typeof(ReportedIncident), "incident")]
[JsonDerivedType(typeof(ReportedLink), "link")]
[JsonDerivedType(typeof(ReportedInventory), "inventory")]
[JsonDerivedType(typeof(ReportedCommand), "command")]
public abstract record ReportedEvent
{
    /// <summary>The largest absolute value of <see cref="ClockOffset"/>, in milliseconds: a century.</summary>
    public const long MaxClockOffset = 3_155_760_000_000;

    /// <summary>The event's number in its journal: 1, 2, 3 … without gaps; at most <see cref="EventSequence.Max"/>.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "seq counts 1, 2, 3 … up to 9007199254740991.")]
    public required long Seq { get; init; }

    /// <summary>The time of the event by the gate's own clock (UTC, RFC 3339; truncated to milliseconds).</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>
    /// Milliseconds to add to <see cref="DeviceTime"/> to get true time, as the gate estimated when it wrote the event; it never changes
    /// afterwards. 0 if the gate has no estimate, and if omitted.
    /// </summary>
    [Range(-MaxClockOffset, MaxClockOffset, ErrorMessage = "clockOffset is in milliseconds, a century at most.")]
    public long ClockOffset { get; init; }

    /// <summary>
    /// The run of the steady clock in which the event was written: <see cref="GateBoot.Pattern"/>. Null if the gate has no steady clock.
    /// Like <see cref="Steady"/> it does not belong to the content of the event.
    /// </summary>
    [RegularExpression(GateBoot.Pattern, ErrorMessage = GateBoot.Rule)]
    public string? Boot { get; init; }

    /// <summary>
    /// The reading of the steady clock when the event was written, in milliseconds; with <see cref="Boot"/>, otherwise null. If
    /// <see cref="DeviceTime"/> cannot be true, the service dates the event by it.
    /// </summary>
    [Range(0, EventSequence.Max, ErrorMessage = GateBoot.SteadyRule)]
    public long? Steady { get; init; }
}

/// <summary>
/// One run of a gate's steady clock, which counts milliseconds and is never set. Two readings of one run tell how much time passed between
/// them, whatever the device's clock says. Readings of two runs cannot be compared.
/// </summary>
public static class GateBoot
{
    /// <summary>
    /// 16 lowercase hexadecimal digits, new whenever the steady clock begins again: usually with each boot of the device.
    /// </summary>
    public const string Pattern = "^[0-9a-f]{16}$";

    /// <summary>What is wrong with an id that is none.</summary>
    public const string Rule = "boot is 16 lowercase hexadecimal digits, new with each run of the steady clock, and comes with steady.";

    /// <summary>What is wrong with a reading that is none.</summary>
    public const string SteadyRule = "steady counts milliseconds from 0 to 9007199254740991, and comes with boot.";
}

/// <summary>The range of an event's number within its journal.</summary>
public static class EventSequence
{
    /// <summary>The number of a journal's first event.</summary>
    public const long First = 1;

    /// <summary>
    /// The largest number: 2^53 − 1, the largest integer that every JSON reader represents exactly (RFC 8259, section 6).
    /// </summary>
    public const long Max = (1L << 53) - 1;
}

/// <summary>
/// A code was shown to the reader. If it is shown again before the vehicle has passed or left, it is the same scan and no new event.
/// </summary>
/// <remarks>
/// Without <see cref="Local"/>, the service decides the scan. With it, the gate has decided alone, and the service records the scan.
/// <see cref="Local"/> does not belong to the content of the event: a gate that got no answer in time adds it to a scan that it has already
/// sent.
/// </remarks>
public sealed record ReportedScan : ReportedEvent
{
    /// <summary>The largest number of characters in a symbol (ISO/IEC 18004, version 40-L, digits).</summary>
    public const int MaxCodeLength = 7089;

    /// <summary>The largest number of characters in a <see cref="DecisionToken"/>.</summary>
    public const int MaxDecisionTokenLength = 2048;

    /// <summary>
    /// The text of the symbol, exactly as read. A secret: a gate deletes it when the scan is acknowledged, and sends the
    /// <see cref="DecisionToken"/> instead from then on.
    /// </summary>
    [StringLength(MaxCodeLength, ErrorMessage = "code is the text of the symbol, at most 7089 characters.")]
    public string? Code { get; init; }

    /// <summary>
    /// The <see cref="ScanAnswer.DecisionToken"/> of the answer to this scan: base64url, opaque. An event has either a code or a
    /// decision token.
    /// </summary>
    [StringLength(MaxDecisionTokenLength, ErrorMessage = "decisionToken is what the scan's answer carried.")]
    public string? DecisionToken { get; init; }

    /// <summary>Why the gate opened or stayed shut when it decided alone; null if it did not decide.</summary>
    public ScanReason? Local { get; init; }

    /// <summary>Names the scan without its code, which is a secret; safe to log.</summary>
    /// <returns>Kind and sequence number.</returns>
    public override string ToString() => $"scan {Seq}";
}

/// <summary>An action of the barrier or of the vehicle.</summary>
public sealed record ReportedAct : ReportedEvent
{
    /// <summary>The largest number of characters in a <see cref="Reason"/>.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The action.</summary>
    public required BarrierAct Act { get; init; }

    /// <summary>
    /// The number of the scan that it follows: an earlier event of the same journal. Null only for <see cref="BarrierAct.OpenedByHand"/>.
    /// </summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of the scan that the act follows.")]
    public long? Scan { get; init; }

    /// <summary>
    /// Why a person opened the barrier; required for <see cref="BarrierAct.OpenedByHand"/>, otherwise null. A text for people; it must not
    /// name anyone.
    /// </summary>
    [StringLength(MaxReasonLength, MinimumLength = 1, ErrorMessage = "reason has 1 to 200 characters.")]
    public string? Reason { get; init; }

    /// <summary>
    /// For <see cref="BarrierAct.OpenedByHand"/>: the command by which the person opened it from afar, or holds it open. Null if it was
    /// opened on site.
    /// </summary>
    [RegularExpression(CommandIds.Pattern, ErrorMessage = CommandIds.Rule)]
    public string? Command { get; init; }

    /// <summary>
    /// With <see cref="Command"/>: the public name of the stay that ends with this opening, as the command had it. Such an act names no
    /// scan.
    /// </summary>
    public string? Stay { get; init; }
}

/// <summary>
/// What the barrier, or the vehicle before it, did after a scan. The numbers are stored: add new ones, never change existing ones.
/// </summary>
public enum BarrierAct
{
    /// <summary>The barrier was opened for the scan. The event is written before the barrier moves.</summary>
    Opened = 1,

    /// <summary>The barrier was not opened for the scan, whatever was decided.</summary>
    StayedShut = 2,

    /// <summary>A vehicle went through.</summary>
    Passed = 3,

    /// <summary>The vehicle went back: the effect of the scan (a stay's start or end) is undone.</summary>
    BackedOut = 4,

    /// <summary>A person opened the barrier. It may name a scan that was refused, or none at all.</summary>
    OpenedByHand = 5,
}

/// <summary>An incident at the gate that is neither a scan nor an act.</summary>
public sealed record ReportedIncident : ReportedEvent
{
    /// <summary>The incident.</summary>
    public required GateIncident Incident { get; init; }

    /// <summary>The number of the scan before it, if any.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of a scan of this journal.")]
    public long? Scan { get; init; }

    /// <summary>A text for technicians. It must not name anyone.</summary>
    [StringLength(ReportedAct.MaxReasonLength, MinimumLength = 1, ErrorMessage = "detail has 1 to 200 characters.")]
    public string? Detail { get; init; }
}

/// <summary>An incident at a gate. The numbers are stored: add new ones, never change existing ones.</summary>
public enum GateIncident
{
    /// <summary>A second vehicle passed on one opening.</summary>
    Tailgating = 1,

    /// <summary>The barrier does not follow instructions.</summary>
    BarrierFault = 2,

    /// <summary>The barrier follows instructions again.</summary>
    BarrierRepaired = 3,

    /// <summary>The gate has refused everybody for some time because of their codes: look at its reader, its keys and its clock.</summary>
    RefusesEverybody = 4,

    /// <summary>What the gate had on its disk is damaged, or the disk cannot be written. The gate works without it.</summary>
    StorageDamaged = 5,

    /// <summary>An exit that was cut off has opened more than ten times within an hour for codes that had expired.</summary>
    ManyLateExits = 6,
}

/// <summary>
/// The result of a person's inspection of the facility. Stays in <see cref="Closes"/> are no longer parked here and end. A
/// <see cref="Count"/> alone names nobody and only sets the correction that is shown beside the occupancy.
/// </summary>
public sealed record ReportedInventory : ReportedEvent
{
    /// <summary>The largest number of stays in one inventory. Split a longer list into several inventories.</summary>
    public const int MaxCloses = 500;

    /// <summary>The public names of stays at this facility (32 hexadecimal digits each) whose vehicle is not there.</summary>
    [MaxLength(MaxCloses, ErrorMessage = "closes names at most 500 stays; send several inventories.")]
    public IReadOnlyList<string>? Closes { get; init; }

    /// <summary>The number of vehicles parked in the whole facility.</summary>
    [Range(0, 1_000_000, ErrorMessage = "count is 0 to 1000000.")]
    public int? Count { get; init; }
}

/// <summary>The gate lost or regained its connection to the service.</summary>
public sealed record ReportedLink : ReportedEvent
{
    /// <summary>The change.</summary>
    public required LinkChange Link { get; init; }
}

/// <summary>A change of the gate's connection to the service. The numbers are stored: add new ones, never change existing ones.</summary>
public enum LinkChange
{
    /// <summary>The service did not answer in time. The gate decides alone from now on.</summary>
    WentOffline = 1,

    /// <summary>The service answers again.</summary>
    CameBack = 2,
}
