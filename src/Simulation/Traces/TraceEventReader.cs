using System.Text.Json;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces;

/// <summary>Reads the lines of a trace after its header. Each line is read by itself, and its members may have any order.</summary>
internal sealed class TraceEventReader
{
    private const string Scan = "scan", OpenedByHand = "opened_by_hand", Inventory = "inventory";

    // The members of each type of line, besides at, gate and type.
    private static readonly Dictionary<string, string[]> MembersByType = new()
    {
        [Scan] = ["driver", "vehicle", "show", "signer", "code", "then", "expect"],
        [OpenedByHand] = ["reason", "driver"],
        [Inventory] = ["closes", "count"],
        ["tailgating"] = [],
        ["barrier_fault"] = [],
        ["barrier_repaired"] = [],
    };

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Types =
        MembersByType.Keys.ToDictionary(type => type, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _gates;
    private readonly int _format;

    /// <param name="city">The city with the gates.</param>
    /// <param name="format">The version of the trace's format.</param>
    public TraceEventReader(CityPlan city, int format)
    {
        _format = format;
        var gates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var gate in city.Facilities.SelectMany(facility => facility.Gates))
        {
            gates[gate.Id] = gate.Id;
        }
        _gates = gates.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="number">The line's number, for messages.</param>
    /// <exception cref="TraceException">The line is not an event of this city.</exception>
    public TraceEvent Read(ReadOnlySpan<byte> line, long number)
    {
        var json = new Utf8JsonReader(line);
        var found = new TraceLine(number);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw found.Fault("", "a JSON object is expected");
            }
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref json, found);
            }
            if (json.Read())
            {
                throw found.Fault("", "a line must be exactly one JSON object");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for text that is not UTF-8.
            throw new TraceException(number, "", "not JSON, or cut off", error);
        }
        return Build(found);
    }

    private void ReadMember(ref Utf8JsonReader json, TraceLine found)
    {
        var member = TraceMembers.Find(ref json)
            ?? throw found.Fault(json.GetString()!, $"unknown member; there are {TraceMembers.AllNames}");
        found.Note(member);
        json.Read();
        switch (member)
        {
            case "at":
                found.At = json.TokenType == JsonTokenType.String && TraceTime.TryParse(json.ValueSpan, out var at)
                    ? at
                    : throw found.Fault(member, TraceTime.Expected);
                break;
            case "gate":
                found.Gate = TraceValues.Choose(ref json, _gates) ?? throw found.Fault(member, "no gate of the header's city");
                break;
            case "type":
                found.Type = TraceValues.Choose(ref json, Types)
                    ?? throw found.Fault(member, $"one of {string.Join(", ", MembersByType.Keys)} is expected");
                break;
            case "driver":
                found.Driver = TraceValues.Name(ref json) ?? throw found.Fault(member, $"{TraceFormat.ExpectedName} expected");
                break;
            case "code":
                found.Code = TraceValues.Name(ref json)
                    ?? throw found.Fault(member, $"{TraceFormat.ExpectedName} expected: a label, never a code");
                break;
            case "show":
                found.Show = TraceValues.Word<ShownCode>(ref json, found, member);
                if (found.Show == ShownCode.Revoked && _format < TraceFormat.FirstWithSigners)
                {
                    throw found.Fault(member, $"a trace of format {_format} has no revoked codes");
                }
                break;
            case "signer" when _format < TraceFormat.FirstWithSigners:
                throw found.Fault(member, $"a trace of format {_format} has no such member");
            case "signer":
                found.Signer = TraceValues.Word<CodeSigner>(ref json, found, member);
                break;
            case "then":
                found.Then = TraceValues.Word<VehicleMove>(ref json, found, member);
                break;
            case "expect":
                found.Expect = TraceValues.Word<ScanReason>(ref json, found, member);
                break;
            case "reason":
                found.Reason = TraceValues.Text(ref json, TraceFormat.MaxReasonLength)
                    ?? throw found.Fault(member, $"1 to {TraceFormat.MaxReasonLength} characters are expected");
                break;
            case "count":
                found.Count = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var count)
                    && count is >= 0 and <= TraceFormat.MaxCount
                    ? count
                    : throw found.Fault(member, $"a whole number from 0 to {TraceFormat.MaxCount} is expected");
                break;
            case "closes":
                found.Closes = TraceValues.Drivers(ref json, found);
                break;
            default:
                found.Vehicle = TraceValues.ReadVehicle(ref json, found);
                break;
        }
    }

    private static TraceEvent Build(TraceLine found)
    {
        var at = found.At ?? throw found.Missing("at");
        var gate = found.Gate ?? throw found.Missing("gate");
        var type = found.Type ?? throw found.Missing("type");
        found.CheckMembers(type, MembersByType[type]);
        switch (type)
        {
            case Scan when found is { Show: ShownCode.Revoked, Signer: not CodeSigner.Device }:
                throw found.Fault("show", "revoked codes are signed by devices (signer)");
            case Scan:
                return new TraceScan
                {
                    At = at,
                    Gate = gate,
                    Driver = found.Driver ?? throw found.Missing("driver"),
                    Vehicle = found.Vehicle,
                    Show = found.Show,
                    Signer = found.Signer,
                    Code = found.Code,
                    Then = found.Then,
                    Expect = found.Expect,
                };
            case OpenedByHand:
                return new TraceOpenedByHand
                {
                    At = at,
                    Gate = gate,
                    Reason = found.Reason ?? throw found.Missing("reason"),
                    Driver = found.Driver,
                };
            case Inventory:
                return found.Closes.Count > 0 || found.Count is not null
                    ? new TraceInventory { At = at, Gate = gate, Closes = found.Closes, Count = found.Count }
                    : throw found.Fault("closes, count", "at least one of the two is expected");
            default:
                return new TraceIncident
                {
                    At = at,
                    Gate = gate,
                    Incident = WireNames<GateIncident>.TryParse(type, out var incident) ? incident : throw found.Missing("type"),
                };
        }
    }
}
