using NodaTime;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// The real service is away for a quarter of an hour, and parked drivers have only the codes of their entries, which have expired. They get
/// out, and so does whoever has a picture of such a code; the holder who leaves afterwards has the right exit nevertheless.
/// </summary>
public sealed class LongOutageTests
{
    [Fact]
    public async Task Exit_CutOff_LetsOutOnExpiredCodes_AndTheHoldersLaterExitMovesTheEnd()
    {
        using var replay = await OneFaultReplay.RunAsync(Visits(), """{"longOutages": 1}""", faultSeed: 4);
        var read = replay.Report;
        Assert.Equal("long_outage", (string?)Assert.Single(read["faults"]!.AsArray())!["kind"]);

        // Seven left an hour after they came, on the codes of their entries: three holders, and four others with a picture. Four holders
        // found that somebody had left before them with the code that they had now.
        var late = read["decisions"]!.AsArray().Single(row => (string?)row!["reason"] == "opened_offline_late")!;
        Assert.Equal((7, 7), ((int)late["alone"]!, (int)read["counts"]!["lateExits"]!));
        Assert.Equal(4, (int)read["decisions"]!.AsArray().Single(row => (string?)row!["reason"] == "code_used")!["scans"]!);
        Assert.Contains("left on a code that had expired", replay.Output, StringComparison.Ordinal);
        var stays = read["money"]!.AsArray().ToDictionary(row => (string)row!["state"]!, row => (int)row!["staysFound"]!);
        Assert.Equal((3, 57), (stays["provisional"], stays["settled"]));
        Assert.Empty(read["conflicting"]!.AsArray());
    }

    /// <summary>
    /// A vehicle enters every two minutes and leaves after an hour. Of every second one the holder leaves only twenty minutes later, and it
    /// was somebody else before.
    /// </summary>
    private static IEnumerable<string> Visits()
    {
        var events = new List<(Duration At, string Gate, string Driver)>();
        for (var n = 0; n < 60; n++)
        {
            var at = Duration.FromMinutes(2 * n);
            events.Add((at, "in", $"d{n}"));
            events.Add((at + Duration.FromMinutes(60), "out", $"d{n}"));
            if (n % 2 == 0)
            {
                events.Add((at + Duration.FromMinutes(80), "out", $"d{n}"));
            }
        }
        return events.OrderBy(one => one.At)
            .Select(one => OneFaultReplay.Line(one.At, $"\"gate\":\"{one.Gate}\",\"type\":\"scan\",\"driver\":\"{one.Driver}\""));
    }
}
