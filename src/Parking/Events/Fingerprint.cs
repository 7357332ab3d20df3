using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Events;

/// <summary>
/// Distinguishes two contents that come under one event identity: the first 64 bits of a SHA-256 over what the gate sent, with times in
/// milliseconds. It protects against a gate that reuses a number, not against an attacker (who would need the gate's key). It does not
/// reveal the code.
/// </summary>
public readonly record struct Fingerprint(ulong Value)
{
    /// <summary>Of a scan with its code. The gate's own decision is not included: it may be added to a scan that was sent before.</summary>
    public static Fingerprint OfScan(Instant deviceTime, long clockOffset, string code) =>
        Of($"scan\n{Milliseconds(deviceTime)}\n{clockOffset}\n{code}");

    public static Fingerprint OfAct(Instant deviceTime, long clockOffset, BarrierAct act, long? scan, string? reason) =>
        Of($"act\n{Milliseconds(deviceTime)}\n{clockOffset}\n{(int)act}\n{scan}\n{reason}");

    /// <summary>Of an act in a facility's log, or of one that ends the stay that it names.</summary>
    public static Fingerprint OfAct(ReportedAct act) => act.Stay is null
        ? OfAct(act.DeviceTime, act.ClockOffset, act.Act, act.Scan, act.Reason)
        : Of($"let out\n{Milliseconds(act.DeviceTime)}\n{act.ClockOffset}\n{act.Stay}\n{act.Command}\n{act.Reason}");

    public static Fingerprint OfCommand(ReportedCommand command)
    {
        var (at, offset) = (Milliseconds(command.DeviceTime), command.ClockOffset);
        return Of($"command\n{at}\n{offset}\n{command.Command}\n{(int)command.Step}\n{command.Claim}\n{(int?)command.Obstacle}");
    }

    public static Fingerprint OfIncident(ReportedIncident incident)
    {
        var (at, offset) = (Milliseconds(incident.DeviceTime), incident.ClockOffset);
        return Of($"incident\n{at}\n{offset}\n{(int)incident.Incident}\n{incident.Scan}\n{incident.Detail}");
    }

    public static Fingerprint OfLink(ReportedLink link) =>
        Of($"link\n{Milliseconds(link.DeviceTime)}\n{link.ClockOffset}\n{(int)link.Link}");

    public static Fingerprint OfInventory(ReportedInventory inventory)
    {
        var (at, offset) = (Milliseconds(inventory.DeviceTime), inventory.ClockOffset);
        return Of($"inventory\n{at}\n{offset}\n{inventory.Count}\n{string.Join('\n', inventory.Closes ?? [])}");
    }

    /// <summary>Of an event that could not be understood: its bytes as they came, which need not be text.</summary>
    public static Fingerprint OfUnreadable(ReadOnlySpan<byte> content) => Of([.. "unreadable\n"u8, .. content]);

    private static long Milliseconds(Instant instant) => instant.ToUnixTimeMilliseconds();

    private static Fingerprint Of(FormattableString content) => Of(Encoding.UTF8.GetBytes(content.ToString(CultureInfo.InvariantCulture)));

    private static Fingerprint Of(ReadOnlySpan<byte> content) => new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(content)));
}
