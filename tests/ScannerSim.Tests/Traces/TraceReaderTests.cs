using System.Text;
using Parking.GateProtocol;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.Traces;

public class TraceReaderTests
{
    private const string Good = """{"at":"2026-05-04T00:12:31.250Z","gate":"in","type":"scan","driver":"d1"}""";

    [Theory]
    [InlineData("""{"gate":"in","type":"scan","driver":"d1"}""", "line 3: at: missing")]
    [InlineData("""{"at":"2026-05-04T00:12:31.249Z","gate":"in","type":"scan","driver":"d1"}""", "line 3: at: before the line above")]
    [InlineData("""{"at":"2026-05-04T00:12:31.2501Z","gate":"in","type":"scan","driver":"d1"}""", "line 3: at: a time in UTC")]
    [InlineData("""{"at":"2026-05-04T08:12:32+08:00","gate":"in","type":"scan","driver":"d1"}""", "line 3: at: a time in UTC")]
    [InlineData("""{"at":"2026-02-30T00:12:31.250Z","gate":"in","type":"scan","driver":"d1"}""", "line 3: at: a time in UTC")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"inn","type":"scan","driver":"d1"}""", "line 3: gate: no gate of the header's city")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":7,"type":"scan","driver":"d1"}""", "line 3: gate: no gate")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scam","driver":"d1"}""", "line 3: type: one of scan,")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan"}""", "line 3: driver: missing")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"two words"}""", "line 3: driver: 1 to 64 of")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","colour":"red"}""",
        "line 3: colour: unknown member")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","driver":"d2"}""", "line 3: driver: occurs twice")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","count":1}""",
        "line 3: count: a line of type scan has no such member")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","code":"SP1:ABC"}""", "line 3: code: 1 to 64 of")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","show":"stolen"}""",
        "line 3: show: one of valid, expired, forged, damaged, foreign")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","show":"revoked"}""",
        "line 3: show: revoked codes are signed by devices")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","signer":"service","show":"revoked"}""",
        "line 3: show: revoked codes are signed by devices")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","then":"flew"}""",
        "line 3: then: one of passed, backed_out")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","expect":"Entered"}""",
        "line 3: expect: one of entered,")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","vehicle":{"plate":"A"}}""",
        "line 3: vehicle.class: missing")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","vehicle":{"plate":"ABCDEFGHIJKLM","class":"car"}}""",
        "line 3: vehicle.plate: 1 to 12")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"scan","driver":"d1","vehicle":{"plate":"A","class":"car","wheels":4}}""",
        "line 3: vehicle.wheels: unknown")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"opened_by_hand"}""", "line 3: reason: missing")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"opened_by_hand","reason":""}""", "line 3: reason: 1 to 200")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"inventory"}""", "line 3: closes, count: at least one")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"inventory","closes":[]}""", "line 3: closes: a list of 1 to 500")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"inventory","closes":["d1",2]}""", "line 3: closes[1]: 1 to 64 of")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in","type":"inventory","count":-1}""", "line 3: count: a whole number")]
    [InlineData(
        """{"at":"2026-05-04T00:12:32Z","gate":"in","type":"tailgating","driver":"d1"}""",
        "line 3: driver: a line of type tailgating has no such member")]
    [InlineData("""{"at":"2026-05-04T00:12:32Z","gate":"in" """, "line 3: not JSON, or cut off")]
    [InlineData("", "line 3: not JSON, or cut off")]
    [InlineData("""[]""", "line 3: a JSON object is expected")]
    public async Task Read_LineWithAFault_NamesLineAndMember(string line, string expected)
    {
        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(TestTraces.Header, Good, line, Good));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signer", "service", "line 3: signer: a trace of format 1 has no such member")]
    [InlineData("signer", "device", "line 3: signer: a trace of format 1 has no such member")]
    [InlineData("show", "revoked", "line 3: show: a trace of format 1 has no revoked codes")]
    public async Task Read_WhatFormat2BroughtInATraceOfFormat1_NamesLineAndMember(string member, string word, string expected)
    {
        var header = TestTraces.Header.Replace("\"trace\":2", "\"trace\":1", StringComparison.Ordinal);
        var line = Good.Replace("\"driver\"", $"\"{member}\":\"{word}\",\"driver\"", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(header, Good, line));

        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("hello", "line 1: not JSON")]
    [InlineData("""{"type":"scan"}""", "line 1: not the header of a trace")]
    [InlineData("""{"trace":3}""", "line 1: trace: this program reads traces up to format 2")]
    [InlineData("""{"trace":1,"sauce":"x"}""", "line 1: sauce: unknown member")]
    [InlineData("""{"trace":1,"trace":1}""", "line 1: not JSON, or a member is repeated")]
    [InlineData("""{"trace":1,"source":"x"}""", "line 1: starts: missing")]
    [InlineData("""{"trace":1,"source":"x","starts":"2026-05-04"}""", "line 1: starts: a time in UTC")]
    [InlineData(
        """{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","ends":"2026-05-03T00:00:00Z"}""",
        "line 1: ends: before starts")]
    [InlineData("""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","scans":-1}""", "line 1: scans: a whole number")]
    [InlineData("""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z"}""", "line 1: city: missing")]
    [InlineData("""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","city":{}}""", "line 1: city: ")]
    [InlineData(
        $$$$"""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","city":{{{{TestTraces.City}}}},"files":{"../../etc/x.json":{}}}""",
        "line 1: files: '../../etc/x.json' is not a file")]
    [InlineData(
        $$"""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","city":{{TestTraces.City}},"files":[]}""",
        "line 1: files: an object")]
    [InlineData(
        $$$$"""{"trace":1,"source":"x","starts":"2026-05-04T00:00:00Z","city":{{{{TestTraces.City}}}},"files":{"city.json":{}}}""",
        "line 1: files: 'city.json' is not a file")]
    public async Task Open_HeaderWithAFault_NamesTheMember(string header, string expected)
    {
        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(header));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a test")]
    [InlineData("\"D\"")]
    public async Task Open_HeaderThatIsNotText_IsNoHeader(string spoilt)
    {
        var header = Encoding.UTF8.GetBytes(TestTraces.Header);
        header[header.AsSpan().IndexOf(Encoding.UTF8.GetBytes(spoilt)) + 1] = 0xff;

        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(header));

        Assert.StartsWith("line 1: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MembersInAnyOrder_IsTheSameEvent()
    {
        var (_, events) = await TestTraces.ReadAsync(
            TestTraces.Header,
            """{ "expect":"entered", "driver":"d1", "type":"scan", "gate":"in", "at":"2026-05-04T00:12:31.25Z" }""" + "\r");

        var scan = Assert.IsType<TraceScan>(events.Single());
        Assert.Equal(
            ("in", "d1", ScanReason.Entered, VehicleMove.Passed, ShownCode.Valid),
            (scan.Gate, scan.Driver, scan.Expect, scan.Then, scan.Show));
    }

    [Fact]
    public async Task Read_FewerLinesThanTheHeaderSays_IsCutOff()
    {
        var header = TestTraces.Header.Replace("\"city\"", "\"events\":2,\"city\"", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(header, Good));

        Assert.Equal("line 2: the trace ends here, with 1 events; its header says 2", error.Message);
    }

    [Fact]
    public async Task Read_BeforeStartsOrAfterEnds_IsRefused()
    {
        var ended = TestTraces.Header.Replace("\"city\"", "\"ends\":\"2026-05-04T00:12:31Z\",\"city\"", StringComparison.Ordinal);
        var late = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(ended, Good));
        var early = await Assert.ThrowsAsync<TraceException>(
            () => TestTraces.ReadAsync(TestTraces.Header, Good.Replace("05-04", "05-03", StringComparison.Ordinal)));

        Assert.Equal(("line 2: at: after the header's ends", "line 2: at: before the header's starts"), (late.Message, early.Message));
    }

    [Fact]
    public async Task Read_LinesAcrossEveryBufferEnd_AreWhole()
    {
        // About 400 KB in pieces of at most 1,000 bytes, after a header that is larger than the first buffer.
        var note = new string('x', 300_000);
        var header = TestTraces.Header.Replace("\"timeZone\"", $"\"note\":\"{note}\",\"timeZone\"", StringComparison.Ordinal);
        var lines = Enumerable.Range(0, 5_000).Select(index => Good.Replace("d1", $"d{index}", StringComparison.Ordinal));
        var content = Encoding.UTF8.GetBytes(string.Join('\n', [header, .. lines]) + "\n");

        await using var reader = await TraceReader.OpenAsync(new Dribble(content), TestContext.Current.CancellationToken);
        var drivers = new List<string>();
        await foreach (var next in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            drivers.Add(((TraceScan)next).Driver);
        }

        Assert.Equal(Enumerable.Range(0, 5_000).Select(index => $"d{index}"), drivers);
    }

    [Fact]
    public async Task Read_LineBeyondTheLimit_IsRefusedUnread()
    {
        var endless = Good.Replace("d1", new string('d', TraceFormat.MaxLineBytes), StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<TraceException>(() => TestTraces.ReadAsync(TestTraces.Header, endless));

        Assert.Equal("line 2: longer than 65,536 bytes", error.Message);
    }

    private sealed class Dribble(byte[] content) : MemoryStream(content)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var some = Math.Min(buffer.Length, 1 + (_reads++ * 37 % 1_000));
            return base.ReadAsync(buffer[..some], cancellationToken);
        }
    }
}
