using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Parking.ScannerSim.Tests.Traces;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// Drivers remove the phones of which they then show a code, or link so many others that it is retired. The real service refuses a removed
/// phone everywhere, and a retired one at entries only: who is inside gets out.
/// </summary>
public sealed class EndedPhoneTests
{
    private const int Drivers = 20;

    [Fact]
    public async Task EntriesAndExits_OfEndedPhones_AreRefused_ButARetiredPhoneGetsOut()
    {
        using var replay = await OneFaultReplay.RunAsync(Visits(), """{"removedDevices": 5, "sixthDevices": 5}""", faultSeed: 1);
        var read = replay.Report;

        var (removedIn, removedOut) = Count(read, "remove_device");
        var (retiredIn, retiredOut) = Count(read, "sixth_device");
        Assert.All([removedIn, removedOut, retiredIn, retiredOut], count => Assert.NotEqual(0, count));
        Assert.Equal(removedIn + removedOut + retiredIn, Scans(read, "device_revoked"));
        // All are compared but the exits of those who were refused at the entry.
        Assert.Equal(
            ((2 * Drivers) - removedIn - retiredIn, 0),
            ((int)read["counts"]!["decisionsCompared"]!, (int)read["counts"]!["endsUnsure"]!));
        Assert.Equal(Drivers - removedIn - retiredIn, Scans(read, "entered"));
        Assert.Equal(Drivers - removedIn - retiredIn - removedOut, Scans(read, "exited"));
    }

    private static int Scans(JsonNode read, string reason) =>
        (int)read["decisions"]!.AsArray().Single(row => (string?)row!["reason"] == reason)!["scans"]!;

    /// <summary>How many phones were ended before entries, and how many before exits. Everybody enters before anybody leaves.</summary>
    private static (int In, int Out) Count(JsonNode read, string kind)
    {
        var times = read["faults"]!.AsArray().Where(fault => (string?)fault!["kind"] == kind)
            .Select(fault => InstantPattern.ExtendedIso.Parse((string)fault!["at"]!).Value).ToList();
        var lastEntry = TestTraces.Starts + Duration.FromMinutes(Drivers - 1);
        return (times.Count(at => at < lastEntry), times.Count(at => at >= lastEntry));
    }

    /// <summary>One event a minute: all enter, and then all leave.</summary>
    private static IEnumerable<string> Visits() => new[] { ("in", "entered"), ("out", "exited") }
        .SelectMany(half => Enumerable.Range(0, Drivers).Select(n => $"\"gate\":\"{half.Item1}\",\"type\":\"scan\",\"driver\":\"d{n}\","
            + $"\"signer\":\"device\",\"expect\":\"{half.Item2}\""))
        .Select((members, minute) => OneFaultReplay.Line(Duration.FromMinutes(minute), members));
}
