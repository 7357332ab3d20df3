using NodaTime;

namespace Parking.ScannerSim.Tests.EndToEnd;

/// <summary>
/// The real service is away for a quarter of an hour, and gates decide alone. Drivers whose phones sign their codes themselves notice
/// nothing: who comes gets in, and who is parked gets out with a fresh code.
/// </summary>
public sealed class PhonesWithoutNetworkTests
{
    [Fact]
    public async Task EntriesAndExits_OfPhonesThatSignTheirCodes_DuringALongOutage_EndWithTheBooksRightAndNothingForAPerson()
    {
        using var replay = await OneFaultReplay.RunAsync(Visits(), "longOutages", faultSeed: 4);
        var read = replay.Report;
        Assert.Equal("long_outage", (string?)Assert.Single(read["faults"]!.AsArray())!["kind"]);

        // Seven entries and seven or eight exits fall into a quarter of an hour.
        var alone = read["decisions"]!.AsArray().Single(row => (string?)row!["reason"] == "opened_offline")!;
        Assert.InRange((int)alone["alone"]!, 12, 17);
        Assert.DoesNotContain(read["decisions"]!.AsArray(), row => (string?)row!["decision"] == "refuse");
        Assert.Equal((120, 0), ((int)read["counts"]!["deviceCodes"]!, (int)read["counts"]!["lateExits"]!));
        var stays = read["money"]!.AsArray().ToDictionary(row => (string)row!["state"]!, row => (int)row!["staysFound"]!);
        Assert.Equal([KeyValuePair.Create("settled", 60)], stays);
    }

    /// <summary>A vehicle enters every two minutes and leaves after an hour.</summary>
    private static IEnumerable<string> Visits() => Enumerable.Range(0, 60)
        .SelectMany(n => new[] { (Minute: 2 * n, Gate: "in", Driver: n), (Minute: 60 + (2 * n), Gate: "out", Driver: n) })
        .OrderBy(one => one.Minute)
        .Select(one => OneFaultReplay.Line(
            Duration.FromMinutes(one.Minute),
            $"\"gate\":\"{one.Gate}\",\"type\":\"scan\",\"driver\":\"d{one.Driver}\",\"signer\":\"device\""));
}
