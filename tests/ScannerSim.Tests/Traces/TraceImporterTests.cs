using Parking.Optics.Programs;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Importing;

namespace Parking.ScannerSim.Tests.Traces;

public sealed class TraceImporterTests : IDisposable
{
    private const string Stays = """
        {
          "mapping": 1, "source": "a test", "timeZone": "Europe/Amsterdam",
          "arrival": { "columns": [ "in" ], "patterns": [ "uuuu-MM-dd HH:mm" ] },
          "departure": { "columns": [ "out" ], "patterns": [ "uuuu-MM-dd HH:mm" ] },
          "driver": { "columns": [ "who" ], "asIs": true },
          "facility": { "column": "where", "id": "", "name": { "zh": "{}", "en": "Garage {}" } }
        }
        """;

    private const string Single = """
        {
          "mapping": 1, "source": "a test", "timeZone": "UTC", "separator": ";",
          "time": { "columns": [ "day", "clock" ], "patterns": [ "d.M.uuuu H:mm:ss", "d.M.uuuu H:mm" ] },
          "direction": { "column": "way", "entry": [ "IN", "E" ], "exit": [ "OUT" ] },
          "driver": { "columns": [ "card" ] },
          "facility": { "column": "where", "id": "p-", "name": { "zh": "{}", "en": "{}" } }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_Stay_IsItsEntryAndItsExit()
    {
        var (_, lines) = await ImportAsync(Stays, "who,where,in,out", "a,North,2026-05-04 08:00,2026-05-04 09:30");

        Assert.Equal(["06:00 north-in-1 a", "07:30 north-out-1 a"], lines);
    }

    [Fact]
    public async Task Import_RowThatLacksOneEnd_IsTheOtherOnly()
    {
        var (report, lines) = await ImportAsync(Stays, "who,where,in,out", "a,n,,2026-05-04 09:30", "b,n,2026-05-04 10:00,");

        Assert.Equal(["07:30 n-out-1 a", "08:00 n-in-1 b"], lines);
        Assert.Equal((1, 1, 0), (report.EntriesAlone, report.ExitsAlone, report.WithBothEnds));
    }

    [Fact]
    public async Task Import_OutAndInAgainInTheSameMinute_TheExitIsFirst()
    {
        var (report, lines) = await ImportAsync(
            Stays, "who,where,in,out", "a,n,2026-05-04 10:00,2026-05-04 11:00", "a,n,2026-05-04 09:00,2026-05-04 10:00");

        Assert.Equal(["07:00 n-in-1 a", "08:00 n-out-1 a", "08:00 n-in-1 a", "09:00 n-out-1 a"], lines);
        Assert.Equal((1, 0), (report.TurnsAtOnce, report.Overlaps.Count));
    }

    [Fact]
    public async Task Import_StayOfNoLength_IsEntryThenExit()
    {
        var (report, lines) = await ImportAsync(Stays, "who,where,in,out", "a,n,2026-05-04 10:00,2026-05-04 10:00");

        Assert.Equal(["08:00 n-in-1 a", "08:00 n-out-1 a"], lines);
        Assert.Equal((1, 0), (report.OfNoLength, report.TurnsAtOnce));
    }

    [Fact]
    public async Task Import_StayOfNoLengthBetweenTwoOthers_AllComeOutRight()
    {
        var (_, lines) = await ImportAsync(
            Stays,
            "who,where,in,out",
            "a,n,2026-05-04 10:00,2026-05-04 11:00",
            "a,n,2026-05-04 10:00,2026-05-04 10:00",
            "a,n,2026-05-04 09:00,2026-05-04 10:00");

        Assert.Equal(["in", "out", "in", "out", "in", "out"], lines.Select(line => line.Split('-')[1]));
    }

    [Fact]
    public async Task Import_NegativeStay_StaysAsItIs()
    {
        var (report, lines) = await ImportAsync(Stays, "who,where,in,out", "a,n,2026-05-04 10:10,2026-05-04 10:00");

        Assert.Equal(["08:00 n-out-1 a", "08:10 n-in-1 a"], lines);
        Assert.Equal(1, report.Negative);
    }

    [Theory]
    [InlineData("2026-10-25 02:29", "2026-10-25 02:19", "00:29", "01:19")]
    [InlineData("2026-10-25 02:10", "2026-10-25 02:40", "00:10", "00:40")]
    [InlineData("2026-10-25 01:30", "2026-10-25 02:10", "23:30", "00:10")]
    [InlineData("2026-10-25 03:10", "2026-10-25 02:10", "02:10", "01:10")]
    [InlineData("2026-03-29 01:50", "2026-03-29 02:10", "00:50", "01:10")]
    public async Task Import_NightOnWhichClocksAreSet_AnExitIsAfterItsEntryWhereItCanBe(
        string entry, string exit, string enteredAt, string exitedAt)
    {
        var (_, lines) = await ImportAsync(Stays, "who,where,in,out", $"a,n,{entry},{exit}");

        Assert.Equal(new[] { $"{enteredAt} n-in-1 a", $"{exitedAt} n-out-1 a" }.Order(), lines.Order());
    }

    [Fact]
    public async Task Import_OverlappingStays_AreReportedAndKept()
    {
        var (report, lines) = await ImportAsync(
            Stays,
            "who,where,in,out",
            "a,n,2026-05-04 08:00,2026-05-04 12:00",
            "a,n,2026-05-04 09:00,2026-05-04 10:00",
            "a,n,2026-05-04 11:00,2026-05-04 13:00");

        Assert.Equal(6, lines.Count);
        Assert.Equal(2, report.Overlaps.Count);
        Assert.Matches(
            "line 3 .*2026-05-04 09:00 to 2026-05-04 10:00.* begins during .*line 2 .*08:00 to 2026-05-04 12:00",
            report.Overlaps[0]);
    }

    [Fact]
    public async Task Import_OneRowAnEvent_NumbersDriversAndTriesEachPattern()
    {
        var (_, lines) = await ImportAsync(
            Single, "card;where;day;clock;way", "4711;1;4.5.2026;8:00;IN", "4712;1;4.5.2026;8:01:30;E", "4711;1;4.5.2026;9:00;OUT");

        Assert.Equal(["08:00 p-1-in-1 d000001", "08:01 p-1-in-1 d000002", "09:00 p-1-out-1 d000001"], lines);
    }

    [Fact]
    public async Task Import_BadRows_AreNamedAndTheOthersKept()
    {
        var (report, lines) = await ImportAsync(
            Stays,
            "who,where,in,out",
            "a,n,yesterday,2026-05-04 10:00",
            "b,n,,",
            "c,,2026-05-04 08:00,",
            "d,n,2026-05-04 08:00",
            "e e,n,2026-05-04 08:00,",
            "f,n,2026-05-04 08:00,");

        Assert.Single(lines);
        Assert.Equal(
            [
                "line 2: in: 'yesterday' is no time of the form uuuu-MM-dd HH:mm",
                "line 3: in, out: both are empty",
                "line 4: where: empty",
                "line 5: 3 columns, but the first line has 4",
                $"line 6: who: not a pseudonym, which has {TraceFormat.ExpectedName}",
            ],
            report.BadRows.Select(bad => bad[(bad.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public async Task Import_HeadingThatStandsTwice_IsTwoColumnsOfWhichTheFirstCounts()
    {
        var (report, lines) = await ImportAsync(
            Stays, "who,where,in,out,where", "a,n,2026-05-04 08:00,,x", "b,n,2026-05-04 08:01,");

        Assert.Equal(["06:00 n-in-1 a"], lines);
        Assert.EndsWith("line 3: 4 columns, but the first line has 5", Assert.Single(report.BadRows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ControlCharacterInAFacilitysName_IsABadRow()
    {
        var (report, lines) = await ImportAsync(Stays, "who,where,in,out", "a,n\0,2026-05-04 08:00,", "b,n,2026-05-04 08:01,");

        Assert.Equal(["06:01 n-in-1 b"], lines);
        Assert.EndsWith("where: has control characters", Assert.Single(report.BadRows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OntoItsOwnTable_IsRefused()
    {
        var file = Path.Combine(_folder.FullPath, "table.csv");
        await File.WriteAllTextAsync(file, "who,where,in,out\na,n,2026-05-04 08:00,\n", TestContext.Current.CancellationToken);

        Assert.Throws<SettingsException>(() => TraceImporter.Import(
            [file], ColumnMapping.Parse(Stays), file, new Progress<double>(), TestContext.Current.CancellationToken));

        Assert.StartsWith("who,", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>
    /// RFC 4180: quoted fields can contain separators, quotes and line ends. The importer skips empty lines. The line number of a row is
    /// that of its first line.
    /// </summary>
    [Fact]
    public async Task Import_QuotedFields_AreReadAndLinesAreCountedThroughThem()
    {
        var (report, lines) = await ImportAsync(
            Stays,
            "who,where,in,out",
            "",
            "\"a\",\"the \"\"old\"\", long\nyard\",2026-05-04 08:00,",
            "b,5\" gauge,2026-05-04 08:01,",
            "c,n,now,");

        Assert.Equal(["06:00 the-old-long-yard-in-1 a", "06:01 5-gauge-in-1 b"], lines);
        Assert.Contains(": line 6: in: 'now' is no time", Assert.Single(report.BadRows), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a,n,2026-05-04 08:00,", "line 3: a quoted field has no closing quote")]
    [InlineData("\"a\"b,n,2026-05-04 08:00,", "line 3: text follows the closing quote of a field")]
    public async Task Import_BrokenQuotes_NamesFileAndLine(string row, string expected)
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => ImportAsync(Stays, "who,where,in,out", "z,n,2026-05-04 07:00,", row));

        Assert.EndsWith($"table.csv: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FileWithoutAColumn_NamesWhatThereIs()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => ImportAsync(Stays, "who,where,in", "a,n,2026-05-04 08:00"));

        Assert.EndsWith("line 1: there is no column 'out'; there are who, where, in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FacilitiesWithOneSlug_GetIdsOfTheirOwn()
    {
        var (_, lines) = await ImportAsync(
            Stays, "who,where,in,out", "a,St. Mary's,2026-05-04 08:00,", "b,St Mary s,2026-05-04 08:01,", "c,外滩,2026-05-04 08:02,");

        Assert.Equal(["06:00 st-mary-s-2-in-1 a", "06:01 st-mary-s-in-1 b", "06:02 facility-in-1 c"], lines);
    }

    [Theory]
    [InlineData("\"mapping\": 1", "\"mapping\": 2", "mapping: must be 1")]
    [InlineData("\"mapping\": 1", "\"mapping\": 1, \"separator\": \"；\"", "separator: must be one ASCII character")]
    [InlineData("\"arrival\"", "\"time\"", "arrival and departure, or time and direction: exactly one of the two pairs must be given")]
    [InlineData("uuuu-MM-dd HH:mm", "nonsense", "patterns: ")]
    [InlineData("[ \"in\" ]", "[]", "columns, patterns: a time must have at least one of each")]
    [InlineData("\"asIs\"", "\"asis\"", "$.driver.asis: wrong type or value")]
    public void Parse_MappingWithAFault_NamesItsPlace(string text, string other, string expected)
    {
        var error = Assert.Throws<SettingsException>(() => ColumnMapping.Parse(Stays.Replace(text, other, StringComparison.Ordinal)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Melbourne_HasEveryStayAndNamesTheOnesThatOverlap()
    {
        var files = SharedData.Events("melbourne-2016", "N*.csv");
        var path = Path.Combine(_folder.FullPath, "melbourne.ndjson.gz");

        var report = TraceImporter.Import(
            files,
            ColumnMapping.Load("melbourne-2016"),
            path,
            new Progress<double>(),
            TestContext.Current.CancellationToken);

        Assert.Equal((28_770, 28_770, 2_188, 33), (report.Rows, report.WithBothEnds, report.Drivers, report.Facilities));
        Assert.Equal((616, 3, 0), (report.TurnsAtOnce, report.Overlaps.Count, report.BadRows.Count));

        // In the naive books all vehicles have left at the end. If two stays of a bay overlap, one of the exits has no stay to close.
        var (parked, missedEntries, scans) = await KeepBooksAsync(path);
        Assert.Equal((0, 3, 57_540), (parked, missedEntries, scans));
    }

    [Fact]
    public async Task Import_Leeuwarden_HasEachRowAsItIs()
    {
        var files = SharedData.Events("leeuwarden", "rows.csv");
        var path = Path.Combine(_folder.FullPath, "leeuwarden.ndjson");

        var report = TraceImporter.Import(
            files,
            ColumnMapping.Load("leeuwarden"),
            path,
            new Progress<double>(),
            TestContext.Current.CancellationToken);

        Assert.Equal((58, 42, 9, 7, 0), (report.Rows, report.WithBothEnds, report.EntriesAlone, report.ExitsAlone, report.BadRows.Count));

        // In local time, fourteen stays end before they begin. One of them is not negative: clocks were set back in the night of 30 October
        // 2016, and the stay lasted 50 minutes.
        Assert.Equal((13, 5), (report.Negative, report.OfNoLength));
        Assert.Equal((9 + 13, 7 + 13, 100), await KeepBooksAsync(path));
    }

    private static async Task<(int Parked, int MissedEntries, int Scans)> KeepBooksAsync(string path)
    {
        await using var reader = await TraceReader.OpenAsync(path, TestContext.Current.CancellationToken);
        var books = new NaiveBooks(reader.Header.City.Plan);
        var (missed, scans) = (0, 0);
        await foreach (var next in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            scans++;
            missed += books.Decide((TraceScan)next) == GateProtocol.ScanReason.MissedEntry ? 1 : 0;
        }
        return (reader.Header.City.Plan.Facilities.Sum(facility => books.Parked(facility.Id)), missed, scans);
    }

    private async Task<(ImportReport Report, List<string> Lines)> ImportAsync(string mapping, params string[] table)
    {
        var file = Path.Combine(_folder.FullPath, "table.csv");
        await File.WriteAllLinesAsync(file, table, TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.FullPath, "trace.ndjson");
        var report = TraceImporter.Import(
            [file],
            ColumnMapping.Parse(mapping),
            path,
            new Progress<double>(),
            TestContext.Current.CancellationToken);
        var (_, events) = await TestTraces.ReadAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        return (report, [.. events.Cast<TraceScan>().Select(scan => $"{scan.At.InUtc().TimeOfDay:HH':'mm} {scan.Gate} {scan.Driver}")]);
    }
}
