using NodaTime;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Api.Tests.Logbook;

/// <summary>A facility's log as its bytes stand in stores. What was written once is read for ever.</summary>
public class StoredLogTests
{
    /// <summary>One entry of each kind, in the order of their numbers.</summary>
    private const string EveryKind =
        "820187"
        + "8a01686873702d696e2d311b9f2c4e1ab03d5577011b000001a400f636001903e8f6f60c6374776f"
        + "8a02686873702d696e2d311b9f2c4e1ab03d5577021b000001a400f636001907d0f6f6f6f6"
        + "8a03686873702d696e2d311b9f2c4e1ab03d5577031b000001a400f63600190bb8f6f6f6f6"
        + "8a04686873702d696e2d311b9f2c4e1ab03d5577041b000001a400f63600190fa0f6f6f66466697265"
        + "8a05686873702d696e2d311b9f2c4e1ab03d5577051b000001a400f63600191388f6f6f6f6"
        + "8a06686873702d696e2d311b9f2c4e1ab03d5577061b000001a400f63600191770f6f6f6f6"
        + "8a07686873702d696e2d311b9f2c4e1ab03d5577071b000001a400f63600191b5818291828f6f6";

    private static readonly Instant Noon = Instant.FromUtc(2027, 3, 1, 12, 0);

    private static readonly FacilityLog Log = new(
    [
        LogEntry.Incident(Id(1), Noon, Later(1), GateIncident.Tailgating, scan: 12, detail: "two"),
        LogEntry.Incident(Id(2), Noon, Later(2), GateIncident.BarrierFault),
        LogEntry.Incident(Id(3), Noon, Later(3), GateIncident.BarrierRepaired),
        LogEntry.OpenedByHand(Id(4), Noon, Later(4), "fire"),
        LogEntry.Link(Id(5), Noon, Later(5), LinkChange.WentOffline),
        LogEntry.Link(Id(6), Noon, Later(6), LinkChange.CameBack),
        LogEntry.Counted(Id(7), Noon, Later(7), count: 41, openStays: 40),
    ]);

    [Fact]
    public void Log_WithEveryKindOfEntry_IsFrozen()
    {
        Assert.Equal(EveryKind, Convert.ToHexStringLower(FacilityLogCodec.Encode(Log)));
        Assert.Equal(Log.Entries, FacilityLogCodec.Decode(Convert.FromHexString(EveryKind)).Entries);
    }

    [Theory]
    [InlineData(1, 2, "format 2")]
    [InlineData(4, 11, "does not know")]
    public void Log_OfALaterVersion_IsSaid(int at, byte value, string expected)
    {
        // The byte of the format, and that of the first entry's kind.
        var content = Convert.FromHexString(EveryKind);
        content[at] = value;

        var error = Assert.Throws<InvalidDataException>(() => FacilityLogCodec.Decode(content));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static GateEventId Id(long seq) => new(new("hsp-in-1"), new(0x9f2c4e1ab03d5577), seq);

    private static Instant Later(int seconds) => Noon + Duration.FromSeconds(seconds);
}
