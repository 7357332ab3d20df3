using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// A fact as a gate wrote it into its journal. (gate, journal, <see cref="Seq"/>) is its identity for ever: reporting the same content again changes nothing
/// and is answered as the first time.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReportedScan), "scan")]
[JsonDerivedType(typeof(ReportedAct), "act")]
[JsonDerivedType(typeof(ReportedIncident), "incident")]
[JsonDerivedType(typeof(ReportedLink), "link")]
[JsonDerivedType(typeof(ReportedInventory), "inventory")]
public abstract record ReportedEvent
{
    /// <summary>The largest <see cref="ClockOffset"/> either way, in milliseconds: a century.</summary>
    public const long MaxClockOffset = 3_155_760_000_000;

    /// <summary>The event's number in its journal: 1, 2, 3 … without a gap; at most <see cref="EventSequence.Max"/>.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "seq counts 1, 2, 3 … up to 9007199254740991.")]
    public required long Seq { get; init; }

    /// <summary>What the gate's own clock said when it happened (UTC, RFC 3339; what is finer than a millisecond is cut off).</summary>
    public required Instant DeviceTime { get; init; }

    /// <summary>
    /// Milliseconds to add to <see cref="DeviceTime"/> to get true time, as the gate estimated it when it wrote the event, and frozen with it. 0 where it never could. Where it
    /// is omitted it is 0.
    /// </summary>
    [Range(-MaxClockOffset, MaxClockOffset, ErrorMessage = "clockOffset is in milliseconds, a century at most.")]
    public long ClockOffset { get; init; }
}
