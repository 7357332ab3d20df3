using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.Traces;

/// <summary>
/// The sample has every member of the header, every type of line with all its members, every vehicle class, and every shown code except
/// <c>valid</c>, which is not written.
/// </summary>
public class TraceSampleTests
{
    private const string Sample = "Samples/trace-2.ndjson";

    private static readonly TraceHeader Header = TestTraces.CreateHeader() with
    {
        Source = "a sample, 样本",
        Seed = -7,
        Ends = At(60),
        Events = 12,
        Scans = 6,
        City = new TraceCity(
            JsonSerializer.Deserialize<JsonElement>(TestTraces.City),
            new Dictionary<string, JsonElement> { ["tariffs/day.json"] = JsonSerializer.Deserialize<JsonElement>("""{"name":"日"}""") }),
    };

    private static readonly TraceEvent[] Events =
    [
        new TraceScan { At = At(0), Gate = "in", Driver = "d1", Show = ShownCode.Revoked, Signer = CodeSigner.Device },
        new TraceScan
        {
            At = At(1),
            Gate = "in",
            Driver = "d2",
            Vehicle = new Vehicle("沪A12345", VehicleClass.Electric),
            Show = ShownCode.Expired,
            Signer = CodeSigner.Device,
            Code = "c7",
            Then = VehicleMove.BackedOut,
            Expect = ScanReason.Expired,
        },
        new TraceScan { At = At(2), Gate = "in", Driver = "d3", Vehicle = new Vehicle("V3", VehicleClass.Car), Show = ShownCode.Forged },
        new TraceScan { At = At(3), Gate = "in", Driver = "d4", Vehicle = new Vehicle("V4", VehicleClass.Coach), Show = ShownCode.Damaged },
        new TraceScan
        {
            At = At(4),
            Gate = "in",
            Driver = "d5",
            Vehicle = new Vehicle("V5", VehicleClass.Motorcycle),
            Show = ShownCode.Foreign,
        },
        new TraceIncident { At = At(5), Gate = "in", Incident = GateIncident.Tailgating },
        new TraceIncident { At = At(6), Gate = "out", Incident = GateIncident.BarrierFault },
        new TraceIncident { At = At(7), Gate = "out", Incident = GateIncident.BarrierRepaired },
        new TraceOpenedByHand { At = At(8), Gate = "out", Reason = "the phone's battery is empty" },
        new TraceScan { At = At(9), Gate = "out", Driver = "d6", Expect = ScanReason.MissedEntry },
        new TraceOpenedByHand { At = At(10), Gate = "out", Reason = "no entry", Driver = "d6" },
        new TraceInventory { At = At(11), Gate = "out", Closes = ["d1", "d2"], Count = 0 },
    ];

    [Fact]
    public void Write_FixedTrace_IsTheSample() => SampleFile.Check(Sample, TestTraces.Write(Header, Events));

    /// <summary>In a trace of format 1 the service signed every code.</summary>
    [Fact]
    public async Task Read_SampleOfFormat1_IsTheSameTraceOfCodesOfTheService()
    {
        var sample = await File.ReadAllBytesAsync(SampleFile.PathOf("Samples/trace.ndjson"), TestContext.Current.CancellationToken);

        var (_, events) = await TestTraces.ReadAsync(sample);

        var expected = Events.Select(one => one is TraceScan scan
            ? scan with { Signer = CodeSigner.Service, Show = scan.Show == ShownCode.Revoked ? ShownCode.Valid : scan.Show }
            : one);
        Assert.Equivalent(expected, events, strict: true);
    }

    [Fact]
    public async Task Read_Sample_IsTheSameTrace()
    {
        var sample = await File.ReadAllBytesAsync(SampleFile.PathOf(Sample), TestContext.Current.CancellationToken);

        var (header, events) = await TestTraces.ReadAsync(sample);

        Assert.Equivalent(Header with { City = header.City }, header, strict: true);
        Assert.Equal(Header.City.Document.GetRawText(), header.City.Document.GetRawText());
        Assert.Equal(Header.City.Files.Select(Describe), header.City.Files.Select(Describe));
        Assert.Equivalent(Events, events, strict: true);
    }

    private static Instant At(int second) => TestTraces.Starts + Duration.FromMilliseconds(1000 * second + 250);

    private static string Describe(KeyValuePair<string, JsonElement> file) => $"{file.Key}: {file.Value.GetRawText()}";
}
