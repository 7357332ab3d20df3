using NodaTime;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// A gate is cut off from the real service for an hour while drivers keep arriving. Some of them show codes that must never open it.
/// </summary>
public sealed class CutOffTests
{
    private static readonly string[] NeverOpening = ["forged", "damaged", "expired", "foreign"];

    [Fact]
    public async Task Gate_CutOffForAnHourUnderLoad_OpensForGenuineCodesOnceOnly_AndAllOfItIsInTheBooksAfterwards()
    {
        using var replay = await OneFaultReplay.RunAsync(Rush(), """{"cuts": 1}""", faultSeed: 2);
        var read = replay.Report;
        var cut = Assert.Single(read["faults"]!.AsArray());
        Assert.Equal(("cut", "in"), ((string?)cut!["kind"], (string?)cut["gate"]));
        var alone = read["decisions"]!.AsArray()
            .Where(row => (int)row!["alone"]! > 0)
            .ToDictionary(row => (string)row!["reason"]!, row => ((string)row!["decision"]!, (int)row["alone"]!));
        Assert.Equal(
            ["bad_signature", "code_used", "expired", "not_a_code", "opened_offline", "unknown_key"],
            alone.Keys.Order(StringComparer.Ordinal));
        Assert.All(alone, row => Assert.Equal(row.Key == "opened_offline" ? "open" : "refuse", row.Value.Item1));

        // One hour with a genuine code every forty seconds. Another driver shows each code a second time.
        Assert.InRange(alone["opened_offline"].Item2, 89, 92);
        Assert.InRange(alone["code_used"].Item2, 89, 92);
        Assert.Empty(read["conflicting"]!.AsArray());
        Assert.All(read["money"]!.AsArray(), row => Assert.Equal("settled", (string?)row!["state"]));
        Assert.Equal(270, read["money"]!.AsArray().Sum(row => (int)row!["staysFound"]!));
    }

    /// <summary>
    /// Three hours of traffic. Every forty seconds, the highest rate of the offline rules, one vehicle drives in, a second one shows a copy
    /// of its code, and a third one shows something that is not a valid code.
    /// </summary>
    private static IEnumerable<string> Rush()
    {
        var events = new List<(Duration At, string Line)>();
        for (var n = 0; n < 270; n++)
        {
            var at = Duration.FromSeconds(40 * n);
            events.Add((at, $"\"gate\":\"in\",\"type\":\"scan\",\"driver\":\"d{n}\",\"code\":\"c{n}\""));
            events.Add((at + Duration.FromSeconds(8), $"\"gate\":\"in\",\"type\":\"scan\",\"driver\":\"d{n}\",\"code\":\"c{n}\""));
            events.Add((
                at + Duration.FromSeconds(16),
                $"\"gate\":\"in\",\"type\":\"scan\",\"driver\":\"x{n}\",\"show\":\"{NeverOpening[n % NeverOpening.Length]}\""));
            events.Add((at + Duration.FromHours(4), $"\"gate\":\"out\",\"type\":\"scan\",\"driver\":\"d{n}\""));
        }
        return events.OrderBy(one => one.At).Select(one => OneFaultReplay.Line(one.At, one.Line));
    }
}
