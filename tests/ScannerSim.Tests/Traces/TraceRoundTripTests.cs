using CsCheck;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.Traces;

public class TraceRoundTripTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char["abcXYZ019._-"], 1, TraceFormat.MaxNameLength];

    private static readonly Gen<Vehicle?> Vehicles =
        Gen.Select(
            Gen.String[Gen.Char["沪ABC123"], 1, 12],
            Gen.Enum<VehicleClass>(),
            Gen.Bool,
            (plate, kind, isThere) => isThere ? new Vehicle(plate, kind) : null);

    private static readonly Gen<TraceEvent> Scans = Gen.Select(
        Gen.Select(Names, Vehicles, Gen.Enum<ShownCode>(), Gen.Enum<CodeSigner>()),
        Gen.Select(Names, Gen.Bool),
        Gen.Enum<VehicleMove>(),
        Gen.Select(Gen.Enum<ScanReason>(), Gen.Bool),
        TraceEvent (who, label, then, expect) => new TraceScan
        {
            At = default,
            Gate = "in",
            Driver = who.Item1,
            Vehicle = who.Item2,
            Show = who.Item3,
            Signer = who.Item3 == ShownCode.Revoked ? CodeSigner.Device : who.Item4,
            Code = label.Item2 ? label.Item1 : null,
            Then = then,
            Expect = expect.Item2 ? expect.Item1 : null,
        });

    private static readonly Gen<TraceEvent> Others = Gen.OneOf(
        Gen.Enum<GateIncident>().Where(incident => incident <= GateIncident.BarrierRepaired)
            .Select(TraceEvent (incident) => new TraceIncident { At = default, Gate = "out", Incident = incident }),
        Gen.Select(Gen.String[Gen.Char["a\"\\\n 雨\u0007<"], 1, 200], Names, Gen.Bool, TraceEvent (reason, driver, isKnown) =>
            new TraceOpenedByHand { At = default, Gate = "out", Reason = reason, Driver = isKnown ? driver : null }),
        Gen.Select(Names.List[0, 20], Gen.Int[0, TraceFormat.MaxCount], Gen.Bool, TraceEvent (closes, count, isCounted) =>
            new TraceInventory { At = default, Gate = "in", Closes = closes, Count = isCounted || closes.Count == 0 ? count : null }));

    [Fact]
    public async Task Write_AnyEvents_AreReadAsTheyWere()
    {
        var traces = Gen.Select(Gen.OneOf(Scans, Others), Gen.Long[0, 100_000]).List[0, 60];
        await traces.SampleCasesAsync(
            Depth.DearCases,
            async drawn =>
            {
                var at = TestTraces.Starts;
                var events = drawn
                    .Select(next => next.Item1 with { At = at += Duration.FromMilliseconds(next.Item2 % 3 == 0 ? 0 : next.Item2) })
                    .ToList();

                var (_, read) = await TestTraces.ReadAsync(TestTraces.Write(TestTraces.CreateHeader(), events));

                Assert.Equal(events.Select(Describe), read.Select(Describe));
            });
    }

    [Fact]
    public async Task Write_Header_IsReadAsItWas()
    {
        var header = TestTraces.CreateHeader() with { Seed = -7, Ends = TestTraces.Starts + Duration.FromDays(1), Events = 0, Scans = 0 };

        var (read, _) = await TestTraces.ReadAsync(TestTraces.Write(header, []));

        Assert.Equal(
            (header.Source, header.Seed, header.Starts, header.Ends, header.Events, header.Scans),
            (read.Source, read.Seed, read.Starts, read.Ends, read.Events, read.Scans));
        Assert.Equal(header.City.Document.GetRawText(), read.City.Document.GetRawText());
    }

    [Fact]
    public async Task Write_TimeFinerThanAMillisecond_IsCut()
    {
        var at = TestTraces.Starts + Duration.FromNanoseconds(1_999_999);

        var (_, read) = await TestTraces.ReadAsync(
            TestTraces.Write(TestTraces.CreateHeader(), [new TraceScan { At = at, Gate = "in", Driver = "d" }]));

        Assert.Equal(TestTraces.Starts + Duration.FromMilliseconds(1), read.Single().At);
    }

    [Fact]
    public void Write_BeforeTheLineAbove_Throws()
    {
        var first = new TraceScan { At = TestTraces.Starts + Duration.FromSeconds(1), Gate = "in", Driver = "d" };

        Assert.Throws<ArgumentException>(() => TestTraces.Write(TestTraces.CreateHeader(), [first, first with { At = TestTraces.Starts }]));
    }

    /// <summary>A text for comparison that includes the elements of lists.</summary>
    private static string Describe(TraceEvent next) =>
        next is TraceInventory inventory
            ? $"{inventory with { Closes = [] }} {string.Join(' ', inventory.Closes)}"
            : next.ToString();
}
