using Parking.ScannerSim.Replay;
using Parking.Simulation.Replay.Report;
using Spectre.Console;

namespace Parking.ScannerSim.Tests.Replay.Report;

public class ReplaySummaryTests
{
    [Fact]
    public void Summary_Mismatches_AreNamedAndTheLastLineSaysHowMany()
    {
        var lines = Show(SampleReports.Small());

        Assert.Equal("NOT OK 账实不符: 2 mismatches.", lines[^1]);
        Assert.Contains(
            lines,
            line => line.Contains(
                "Wrong decision: 2026-05-04T01:30:00Z a d2: expected full, found entered (line 3)",
                StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.StartsWith(
                "✘ 放行与拒绝如预期 Decisions are as expected (2 of 6; 1 affected by a fault, 3 without expectation)",
                StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("✔ 没有丢失 Nothing is lost (6 of 6 passages", StringComparison.Ordinal));
    }

    [Fact]
    public void Summary_NoMismatch_SaysSo() => Assert.Equal(
        "OK 账实相符: the books are right.",
        Show(SampleReports.Small() with { Good = true, Mismatches = [] })[^1]);

    [Fact]
    public void Summary_EndedPhonesThatWereNotCompared_SaysHowMany()
    {
        var report = SampleReports.Small();

        Assert.Contains(
            Show(report with { Counts = report.Counts with { EndsUnsure = 3 } }),
            line => line == "3 codes of ended phones were not compared: the service may have lost the end or the phone");
    }

    [Fact]
    public void Summary_NoTerminal_HasNoColourCodes() => Assert.DoesNotContain(
        Show(SampleReports.Small()),
        line => line.Contains('\u001b', StringComparison.Ordinal));

    private static string[] Show(ReplayReport report)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 200;
        ReplaySummary.Write(console, report);
        return output.ToString().TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}
