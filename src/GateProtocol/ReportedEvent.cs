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
}
