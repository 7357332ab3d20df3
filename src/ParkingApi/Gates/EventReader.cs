using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NodaTime;
using Parking.Admission;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// Reads uploads. An element without identity is an error of the upload; one with an identity and bad content is an unreadable event.
/// </summary>
internal static partial class EventReader
{
    /// <summary>Between the earliest and the latest device time, every allowed offset gives a valid instant.</summary>
    private static readonly Instant EarliestDeviceTime = Instant.FromUtc(1, 1, 1, 0, 0);

    private static readonly Instant LatestDeviceTime = Instant.FromUtc(9800, 1, 1, 0, 0);

    private static readonly string[] Members =
    [
        "type", "seq", "deviceTime", "clockOffset", "boot", "steady", "code", "decisionToken", "local", "act", "scan", "reason", "incident",
        "detail", "link", "closes", "count", "command", "stay", "step", "claim", "obstacle",
    ];

    /// <summary>By the type of an event, the members that it must have besides those of all events.</summary>
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["scan"] = [],
        ["act"] = ["act"],
        ["incident"] = ["incident"],
        ["link"] = ["link"],
        ["inventory"] = [],
        ["command"] = ["command", "step"],
    };

    /// <summary>The events, or the errors of the upload by place, such as <c>events[3].seq</c>.</summary>
    /// <param name="body">The upload.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="journal">The journal of the events.</param>
    /// <param name="events">The events.</param>
    /// <param name="errors">The errors by place.</param>
    public static bool TryRead(
        EventUploadBody body,
        Instant receivedAt,
        out JournalId journal,
        out IReadOnlyList<IncomingEvent> events,
        out Dictionary<string, string[]> errors)
    {
        errors = [];
        journal = default;
        var read = new List<IncomingEvent>(body.Events?.Count ?? 0);
        events = read;
        if (body.Journal is null || !JournalId.TryParse(body.Journal, out journal))
        {
            errors["journal"] = ["journal is 16 lowercase hexadecimal digits, drawn at random once per disk."];
        }

        if (!IsSteady(body.Boot, body.Steady))
        {
            errors["boot"] = [GateBoot.Rule];
        }

        if (body.Events is not { Count: >= 1 and <= EventUpload.MaxEvents })
        {
            errors["events"] = [$"an upload has 1 to {EventUpload.MaxEvents} events."];
            return false;
        }

        var last = EventSequence.First - 1;
        for (var i = 0; i < body.Events.Count; i++)
        {
            if (SeqOf(body.Events[i]) is not { } seq || seq <= last)
            {
                errors[string.Create(CultureInfo.InvariantCulture, $"events[{i}].seq")] =
                    ["seq counts 1, 2, 3 … up to 9007199254740991, ascending within an upload."];
                return false;
            }

            read.Add(Date(Read(seq, body.Events[i]), body, receivedAt));
            last = seq;
        }

        if (body.KeptFrom is { } kept && (kept < EventSequence.First || kept > read[0].Seq))
        {
            errors["keptFrom"] = ["keptFrom is the lowest number that the gate still has: 1 or more, and not above the first event's."];
        }

        if (body.Epoch is { } epoch && !EpochText().IsMatch(epoch))
        {
            errors["epoch"] = [StoreEpochs.Rule];
        }

        return errors.Count == 0;
    }

    [GeneratedRegex(StoreEpochs.Pattern)]
    private static partial Regex EpochText();

    private static long? SeqOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number
            && seq.TryGetInt64(out var number) && number is >= EventSequence.First and <= EventSequence.Max
            ? number
            : null;

    /// <summary>Adds the time by the gate's steady clock, if that has run on since the event was written.</summary>
    private static IncomingEvent Date(IncomingEvent read, EventUploadBody upload, Instant receivedAt) =>
        read.Event is { Boot: { } boot, Steady: { } then } && upload is { Boot: { } now, Steady: { } sent } && boot == now && then <= sent
            ? read with { SteadyAt = receivedAt.ToMilliseconds() - Duration.FromMilliseconds(sent - then) }
            : read;

    private static IncomingEvent Read(long seq, JsonElement element)
    {
        try
        {
            var reported = element.Deserialize<ReportedEvent>(GateProtocolJson.Options);
            return (reported is null ? "an event is an object" : FaultOf(reported)) is { } fault
                ? Unreadable(seq, element, fault)
                : new(seq, reported, default, null);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            // InvalidOperationException is thrown for bytes that are not UTF-8.
            return Unreadable(seq, element, $"not an event of this protocol, at {PlaceOf(element, e as JsonException)}");
        }
    }

    /// <summary>
    /// The member that is wrong. Neither values nor unknown member names are quoted from the upload: any of them may be a code. An unknown
    /// member is told by its position.
    /// </summary>
    private static string PlaceOf(JsonElement element, JsonException? fault)
    {
        var path = fault?.Path ?? "";
        // Compared as bytes: a name or a type that is not UTF-8 must not throw here.
        var members = element.EnumerateObject().Select(member => Array.Find(Members, name => member.NameEquals(name))).ToList();
        if (Array.Find(Members, name => path == $"$.{name}" || path.StartsWith($"$.{name}[", StringComparison.Ordinal)) is { } wrong)
        {
            return $"$.{wrong}";
        }

        if (members.IndexOf(null) is >= 0 and var unknown)
        {
            return string.Create(CultureInfo.InvariantCulture, $"$: member {unknown + 1} is none of the protocol's");
        }

        if (Members.FirstOrDefault(name => members.Count(member => member == name) > 1) is { } twice)
        {
            return $"$.{twice}: it is there twice";
        }

        if (!element.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || Required.Keys.FirstOrDefault(name => type.ValueEquals(name)) is not { } named)
        {
            return "$.type: it is one of " + string.Join(", ", Required.Keys);
        }

        return Array.Find(["deviceTime", .. Required[named]], name => !members.Contains(name)) is { } missing
            ? $"$.{missing}: it is missing"
            : "$: a member is of another type of event";
    }

    private static IncomingEvent Unreadable(long seq, JsonElement element, string fault) =>
        new(seq, null, Fingerprint.OfUnreadable(JsonMarshal.GetRawUtf8Value(element)), fault);

    private static string? FaultOf(ReportedEvent reported) => reported switch
    {
        { ClockOffset: < -ReportedEvent.MaxClockOffset or > ReportedEvent.MaxClockOffset } =>
            "clockOffset is in milliseconds, a century at most",
        _ when reported.DeviceTime < EarliestDeviceTime || reported.DeviceTime >= LatestDeviceTime =>
            "deviceTime is in the years 1 to 9799",
        { Boot: var boot, Steady: var steady } when !IsSteady(boot, steady) => GateBoot.Rule,
        ReportedScan scan => FaultOf(scan),
        ReportedAct act => FaultOf(act),
        ReportedIncident { Detail: { } detail } when !IsText(detail) => "detail has 1 to 200 characters",
        ReportedInventory inventory => FaultOf(inventory),
        ReportedCommand command => FaultOf(command),
        _ => null,
    };

    private static string? FaultOf(ReportedScan scan) => scan switch
    {
        { Code: null, DecisionToken: null } or { Code: not null, DecisionToken: not null } =>
            "a scan has exactly one of code and decisionToken",
        { Code.Length: > ReportedScan.MaxCodeLength } => "code has at most 7089 characters",
        { DecisionToken.Length: > ReportedScan.MaxDecisionTokenLength } => "decisionToken is not one of ours",
        { Local: { } local } when !local.MayBeLocal() => "local is no reason that a gate can have on its own",
        _ => null,
    };

    private static string? FaultOf(ReportedAct act) => act switch
    {
        { Act: BarrierAct.OpenedByHand, Reason: null } => "opened_by_hand has a reason",
        { Act: not BarrierAct.OpenedByHand, Reason: not null } => "only opened_by_hand has a reason",
        { Act: not BarrierAct.OpenedByHand, Scan: null } => "an act names its scan",
        { Scan: { } scan } when scan < EventSequence.First || scan >= act.Seq => "scan is a number of this journal before this event's",
        { Reason: { } reason } when !IsText(reason) => "reason has 1 to 200 characters",
        { Act: not BarrierAct.OpenedByHand, Command: not null } => "only opened_by_hand has a command",
        { Command: { } command } when !CommandId.TryParse(command, out _) => CommandIds.Rule,
        { Stay: { } stay } when act.Command is null || act.Scan is not null || !CodeId.TryParse(stay, out _) =>
            "stay is the name of a stay, 32 hexadecimal digits, and comes with command and without scan",
        _ => null,
    };

    private static string? FaultOf(ReportedCommand reported) => reported switch
    {
        { Command: var command } when !CommandId.TryParse(command, out _) => CommandIds.Rule,
        { Claim: { } claim } when claim < EventSequence.First || claim >= reported.Seq =>
            "claim is a number of this journal before this event's",
        { Step: CommandStep.NotDone, Obstacle: null } => "not_done has an obstacle",
        { Step: not CommandStep.NotDone, Obstacle: not null } => "only not_done has an obstacle",
        _ => null,
    };

    private static string? FaultOf(ReportedInventory inventory) => inventory switch
    {
        { Closes: null, Count: null } => "an inventory has closes, count, or both",
        { Count: < 0 or > 1_000_000 } => "count is 0 to 1000000",
        { Closes.Count: > ReportedInventory.MaxCloses } => "closes names at most 500 stays",
        { Closes: { } closes } when closes.Any(name => name is null || !CodeId.TryParse(name, out _)) =>
            "closes has the names of stays, 32 hexadecimal digits each",
        _ => null,
    };

    /// <summary>Whether these are a reading of a steady clock, or none.</summary>
    private static bool IsSteady(string? boot, long? steady) => (boot, steady) switch
    {
        (null, null) => true,
        ({ } id, >= 0 and <= EventSequence.Max) => JournalId.TryParse(id, out _),
        _ => false,
    };

    private static bool IsText(string text) => text.Length is >= 1 and <= ReportedAct.MaxReasonLength;
}

/// <summary>An upload whose events are not read yet. They are read one by one, so that a bad event does not block the others.</summary>
/// <param name="Journal">16 lowercase hexadecimal digits.</param>
/// <param name="KeptFrom">The lowest number that the gate still has; null if it is not stated.</param>
/// <param name="Boot">The run of the gate's steady clock; null if it is not stated.</param>
/// <param name="Steady">The reading of the steady clock, in milliseconds; null if it is not stated.</param>
/// <param name="Epoch">The epoch in which the journal's events were acknowledged; null if it is not stated.</param>
/// <param name="Events">The events in ascending order of their numbers.</param>
internal sealed record EventUploadBody(
    string? Journal,
    long? KeptFrom,
    string? Boot,
    long? Steady,
    string? Epoch,
    [property: JsonConverter(typeof(EventElements))] IReadOnlyList<JsonElement>? Events);

/// <summary>
/// Keeps the events of an upload as JSON elements: a duplicate member is then an error of that event only, not of the whole upload.
/// </summary>
internal sealed class EventElements : JsonConverter<IReadOnlyList<JsonElement>>
{
    public override IReadOnlyList<JsonElement> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var array = JsonElement.ParseValue(ref reader);
        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<JsonElement> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
