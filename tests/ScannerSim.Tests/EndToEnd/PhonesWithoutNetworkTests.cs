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
        using var replay = await OneFaultReplay.RunAsync(Visits(), """{"longOutages": 1}""", faultSeed: 4);
        var read = replay.Report;

        // What is wrong with a code is told before the outage, each with its own reason; a replay with other decisions fails.
        var refused = read["decisions"]!.AsArray().Where(row => (string?)row!["decision"] == "refuse");
        Assert.Equal(Refusals.Select(refusal => refusal.Reason).Order(), refused.Select(row => (string)row!["reason"]!).Order());
        Assert.Equal("long_outage", (string?)Assert.Single(read["faults"]!.AsArray())!["kind"]);

        // Seven entries and seven or eight exits fall into a quarter of an hour.
        var alone = read["decisions"]!.AsArray().Single(row => (string?)row!["reason"] == "opened_offline")!;
        Assert.InRange((int)alone["alone"]!, 12, 17);
        Assert.Equal((120 + Refusals.Length, 0), ((int)read["counts"]!["deviceCodes"]!, (int)read["counts"]!["lateExits"]!));
        var stays = read["money"]!.AsArray().ToDictionary(row => (string)row!["state"]!, row => (int)row!["staysFound"]!);
        Assert.Equal([KeyValuePair.Create("settled", 60)], stays);
    }

    private static readonly (string Show, string Reason)[] Refusals =
        [("revoked", "device_revoked"), ("forged", "unknown_key"), ("damaged", "bad_signature"), ("expired", "expired")];

    /// <summary>
    /// A vehicle enters every two minutes and leaves after an hour. In between come drivers with codes that are good for nothing.
    /// </summary>
    private static IEnumerable<string> Visits() => Enumerable.Range(0, 60)
        .SelectMany(n => new[] { (Minute: 2 * n, Gate: "in", Driver: n), (Minute: 60 + (2 * n), Gate: "out", Driver: n) })
        .Select(one => (one.Minute, Members: Scan(one.Gate, $"d{one.Driver}")))
        .Concat(Refusals.Select((refusal, n) => (
            Minute: 5 + (2 * n), Members: $"{Scan("in", $"x{n}")},\"show\":\"{refusal.Show}\",\"expect\":\"{refusal.Reason}\"")))
        .OrderBy(one => one.Minute)
        .Select(one => OneFaultReplay.Line(Duration.FromMinutes(one.Minute), one.Members));

    private static string Scan(string gate, string driver) =>
        $"\"gate\":\"{gate}\",\"type\":\"scan\",\"driver\":\"{driver}\",\"signer\":\"device\"";
}
