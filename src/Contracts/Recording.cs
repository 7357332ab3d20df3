using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts;

/// <summary>A recording's first line: since when, and in which city.</summary>
public sealed record RecordingHeader
{
    /// <summary>The number of the format of these lines.</summary>
    public int Recording { get; init; } = 1;

    /// <summary>Events that happened before may follow: gates report them late.</summary>
    public required Instant Starts { get; init; }

    /// <summary>The city file.</summary>
    public required JsonElement City { get; init; }

    /// <summary>The files that it names, by the names it has for them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Files { get; init; }
}

/// <summary>A line of a recording below its first one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RecordedScan), "scan")]
[JsonDerivedType(typeof(RecordedAct), "act")]
[JsonDerivedType(typeof(RecordedIncident), "incident")]
[JsonDerivedType(typeof(RecordedInventory), "inventory")]
[JsonDerivedType(typeof(RecordedQuiet), "quiet")]
[JsonDerivedType(typeof(RecordedEnd), "end")]
public abstract record RecordedLine
{
    /// <summary>When it happened, in true time as far as the gate's can be believed; of the last two types, the service's time.</summary>
    public required Instant At { get; init; }
}

/// <summary>Something that a gate reported. Repeated, it is another line with the same gate, journal and seq.</summary>
public abstract record RecordedEvent : RecordedLine
{
    /// <summary>The gate that reported it.</summary>
    public required string Gate { get; init; }

    /// <summary>The gate's journal.</summary>
    public required string Journal { get; init; }

    /// <summary>Its number in the journal.</summary>
    public required long Seq { get; init; }
}

/// <summary>A code was shown.</summary>
public sealed record RecordedScan : RecordedEvent
{
    /// <summary>Whose code it was: a pseudonym of this recording. Left out if it was nobody's.</summary>
    public string? Driver { get; init; }

    /// <summary>The vehicle that the code named: a pseudonym. Left out if it named none.</summary>
    public string? Vehicle { get; init; }

    /// <summary>And what kind it is.</summary>
    public VehicleClass? Class { get; init; }

    /// <summary>Which code: a pseudonym, the same if it was shown again.</summary>
    public string? Code { get; init; }

    /// <summary>The stay that began with it, if one did: a pseudonym, for inventories to name.</summary>
    public string? Stay { get; init; }

    /// <summary>What was decided.</summary>
    public required ScanReason Reason { get; init; }
}

/// <summary>What the barrier did. Why a person opened it is not told: it may name somebody after all.</summary>
public sealed record RecordedAct : RecordedEvent
{
    /// <summary>What was done.</summary>
    public required BarrierAct Act { get; init; }

    /// <summary>After which scan of the journal.</summary>
    public long? Scan { get; init; }
}

/// <summary>Something went wrong at the gate.</summary>
public sealed record RecordedIncident : RecordedEvent
{
    /// <summary>What it was.</summary>
    public required GateIncident Incident { get; init; }
}

/// <summary>Somebody went round and looked.</summary>
public sealed record RecordedInventory : RecordedEvent
{
    /// <summary>The stays that it closed.</summary>
    public required IReadOnlyList<ClosedStay> Closes { get; init; }

    /// <summary>How many vehicles they counted; left out if they did not.</summary>
    public int? Count { get; init; }
}

/// <summary>A stay that an inventory closed.</summary>
/// <param name="Driver">Whose it was: a pseudonym.</param>
/// <param name="Stay">As the scan that began it says.</param>
public sealed record ClosedStay(string Driver, string Stay);

/// <summary>Nothing has happened for a while, and the recording goes on.</summary>
public sealed record RecordedQuiet : RecordedLine;

/// <summary>The service ends the recording.</summary>
public sealed record RecordedEnd : RecordedLine
{
    /// <summary>Why.</summary>
    public required RecordingEnding Why { get; init; }
}

/// <summary>Why a service ends a recording by itself.</summary>
public enum RecordingEnding
{
    /// <summary>What happened was read too slowly, and no more of it could be held.</summary>
    ReadTooSlowly,

    /// <summary>The service is shutting down.</summary>
    ServiceStops,
}
