using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Facilities, gates and scans to try the stores with.</summary>
internal static class Sample
{
    public static readonly FacilityId Facility = new("harbour-north");
    public static readonly FacilityId OtherFacility = new("harbour-south");
    public static readonly GateId Gate = new("harbour-north-in-1");
    public static readonly JournalId Journal = new(0xfedc_ba98_7654_3210);
    public static readonly HolderId Holder = new(0x8000_0000_0000_0001);
    public static readonly HolderId OtherHolder = new(0x0a0d_0000_ff00_0002);
    public static readonly Fingerprint Content = new(0xffff_0000_0d0a_0001);
    public static readonly Fingerprint OtherContent = new(0xffff_0000_0d0a_0002);
    public static readonly Instant Noon = Instant.FromUtc(2027, 3, 1, 12, 0);

    public static GateEventId Scan(long seq) => new(Gate, Journal, seq);

    public static PendingEvent Pending(long seq) => Pending(Scan(seq));

    public static PendingEvent Pending(GateEventId scan) => new(scan, Holder, Content, Noon);

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>Every value a byte can have.</summary>
    public static byte[] AllBytes() => [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    public static SpaceRequest Space(int? capacity = null, GateEventId? replaces = null) => new(capacity, replaces);
}
