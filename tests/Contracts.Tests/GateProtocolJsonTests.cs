using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Contracts.Tests;

/// <summary>What stands on the wire. A change here is a change for every gate in the city.</summary>
public class GateProtocolJsonTests
{
    private static readonly ReportedScan Scan = new()
    {
        Seq = 12,
        DeviceTime = Instant.FromUtc(2026, 5, 4, 8, 30, 16).PlusNanoseconds(250_000_000),
        Code = "SP1:ABC",
    };

    /// <summary>One of each kind, and how it is written.</summary>
    private static readonly (ReportedEvent Event, string Json)[] Kinds =
    [
        (Scan, """{"type":"scan","code":"SP1:ABC","seq":12,"deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
        (Scan with { Code = null, DecisionToken = "AWJ5", ClockOffset = -120, Local = ScanReason.OpenedOffline },
            """{"type":"scan","decisionToken":"AWJ5","local":"opened_offline","seq":12"""
                + ""","deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":-120}"""),
        (new ReportedAct { Seq = 13, DeviceTime = Scan.DeviceTime, Act = BarrierAct.StayedShut, Scan = 12 },
            """{"type":"act","act":"stayed_shut","scan":12,"seq":13,"deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
        (new ReportedAct { Seq = 14, DeviceTime = Scan.DeviceTime, Act = BarrierAct.OpenedByHand, Reason = "ambulance" },
            """{"type":"act","act":"opened_by_hand","reason":"ambulance","seq":14"""
                + ""","deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
        (new ReportedIncident { Seq = 15, DeviceTime = Scan.DeviceTime, Incident = GateIncident.Tailgating, Scan = 12, Detail = "two" },
            """{"type":"incident","incident":"tailgating","scan":12,"detail":"two","seq":15"""
                + ""","deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
        (new ReportedLink { Seq = 16, DeviceTime = Scan.DeviceTime, Link = LinkChange.WentOffline },
            """{"type":"link","link":"went_offline","seq":16,"deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
        (new ReportedInventory { Seq = 17, DeviceTime = Scan.DeviceTime, Count = 3 },
            """{"type":"inventory","count":3,"seq":17,"deviceTime":"2026-05-04T08:30:16.25Z","clockOffset":0}"""),
    ];

    [Fact]
    public void Event_OfAnyKind_IsWrittenAsDocumented_AndReadBackAsItWas() => Assert.All(Kinds, kind =>
    {
        Assert.Equal(kind.Json, JsonSerializer.Serialize(kind.Event, GateProtocolJson.Options));
        Assert.Equal(kind.Event, JsonSerializer.Deserialize<ReportedEvent>(kind.Json, GateProtocolJson.Options));
    });

    [Fact]
    public void Upload_HasItsJournalOnce() => Assert.Equal(
        $$"""{"journal":"9f2c4e1ab03d5577","events":[{{Kinds[0].Json}}]}""",
        JsonSerializer.Serialize(new EventUpload { Journal = "9f2c4e1ab03d5577", Events = [Scan] }, GateProtocolJson.Options));

    [Fact]
    public void UploadAnswer_IsWrittenAsDocumented() => Assert.Equal(
        """{"time":"2026-05-04T08:30:16Z","epoch":"0","acknowledgedThrough":7,"answers":[{"seq":7,"outcome":"recorded"},{"seq":9"""
            + ""","outcome":"unreadable","error":"no"}]}""",
        JsonSerializer.Serialize(
            new UploadAnswer
            {
                Time = Instant.FromUtc(2026, 5, 4, 8, 30, 16),
                Epoch = "0",
                AcknowledgedThrough = 7,
                Answers =
                [
                    new() { Seq = 7, Outcome = EventOutcome.Recorded },
                    new() { Seq = 9, Outcome = EventOutcome.Unreadable, Error = "no" },
                ],
            },
            GateProtocolJson.Options));

    [Fact]
    public void Scan_AsText_DoesNotShowItsCode() => Assert.DoesNotContain(Scan.Code!, Scan.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Answer_IsWrittenAsDocumented() => Assert.Equal(
        """{"decision":"open","reason":"entered_after_missed_exit","decidedAt":"2026-05-04T08:30:16Z","stay":"""
            + """{"id":"00ff","enteredAt":"2026-05-04T08:30:16Z"},"display":{"zh":"\u8BF7\u8FDB","en":"Welcome"},"decisionToken":"AWJ5"}""",
        JsonSerializer.Serialize(
            new ScanAnswer
            {
                Decision = GateDecision.Open,
                Reason = ScanReason.EnteredAfterMissedExit,
                DecidedAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16),
                Stay = new() { Id = "00ff", EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16) },
                Display = new("请进", "Welcome"),
                DecisionToken = "AWJ5",
            },
            GateProtocolJson.Options));

    [Fact]
    public void Answer_WithAFee_IsWrittenAsDocumented_AndReadBackAsItWas()
    {
        const string json =
            """{"decision":"open","reason":"exited","decidedAt":"2026-05-04T09:35:16Z","fee":{"currency":"CNY","total":2500,"lines":["""
                + """{"text":{"zh":"A","en":"B"},"amount":1500},{"text":{"zh":"C","en":"D"},"amount":1000.25}]},"display":"""
                + """{"zh":"A","en":"B"}}""";

        var answer = JsonSerializer.Deserialize<ScanAnswer>(json, GateProtocolJson.Options);

        Assert.Equal(Exited(new() { Currency = "CNY", Total = 2500, Lines = [Line("A", "B", 1500), Line("C", "D", 1000.25m)] }), answer);
        Assert.Equal(json, JsonSerializer.Serialize(answer, GateProtocolJson.Options));
    }

    [Fact]
    public void Fees_AreEqualLineByLine()
    {
        var fee = new Fee { Currency = "CNY", Total = 2500, Lines = [Line("A", "B", 2500)] };

        Assert.Equal(fee, fee with { Lines = [Line("A", "B", 2500)] });
        Assert.Equal(fee.GetHashCode(), (fee with { Lines = [Line("A", "B", 2500)] }).GetHashCode());
        Assert.NotEqual(fee, fee with { Lines = [Line("A", "B", 2499)] });
        Assert.NotEqual(fee, fee with { Lines = null });
        Assert.NotEqual(fee with { Lines = null }, fee);
        Assert.Equal(fee with { Lines = null }, fee with { Lines = null });
        Assert.NotEqual(fee, fee with { Total = 1 });
        Assert.NotEqual(fee, fee with { Currency = "GBP" });
    }

    [Theory]
    [InlineData("""{"type":"scan","seq":12,"deviceTime":"2026-05-04T08:30:16Z","code":"A","speed":9}""", "speed")]
    [InlineData("""{"type":"scan","seq":12,"code":"A"}""", "deviceTime")]
    [InlineData("""{"type":"scan","seq":"12","deviceTime":"2026-05-04T08:30:16Z","code":"A"}""", "seq")]
    [InlineData("""{"type":"scan","seq":1.5,"deviceTime":"2026-05-04T08:30:16Z","code":"A"}""", "seq")]
    [InlineData("""{"type":"scan","seq":12,"deviceTime":"yesterday","code":"A"}""", "deviceTime")]
    [InlineData("""{"type":"scan","seq":12,"deviceTime":"2026-05-04T08:30:16Z","code":7}""", "code")]
    [InlineData("""{"type":"act","seq":12,"deviceTime":"2026-05-04T08:30:16Z","scan":7}""", "act")]
    [InlineData("""{"type":"act","seq":12,"deviceTime":"2026-05-04T08:30:16Z","act":"exploded","scan":7}""", "act")]
    public void Event_ThatIsNotOne_IsRefusedNamingTheMember(string json, string member)
    {
        var error = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<ReportedEvent>(json, GateProtocolJson.Options));

        Assert.Contains(member, error.Message + error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_KeepTheirNumbersAndNames() => Assert.Equal(
        [
            "1 entered", "2 entered_after_missed_exit", "3 exited", "4 missed_entry", "5 opened_offline",
            "6 opened_offline_late", "7 let_out", "10 not_a_code", "11 bad_encoding", "12 bad_shape",
            "13 unsupported_algorithm", "14 unknown_key", "15 bad_signature", "16 not_yet_valid", "17 expired", "18 bad_certificate",
            "19 outside_certificate", "20 code_used",
            "21 already_parked", "22 full", "23 call_attendant", "24 offline_shut", "25 offline_limit", "26 facility_closed",
            "27 lane_locked", "28 device_revoked",
        ],
        Enum.GetValues<ScanReason>()
            .Select(reason => $"{(int)reason} {JsonSerializer.SerializeToElement(reason, GateProtocolJson.Options).GetString()}"));

    private static ScanAnswer Exited(Fee fee) => new()
    {
        Decision = GateDecision.Open,
        Reason = ScanReason.Exited,
        DecidedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        Fee = fee,
        Display = new("A", "B"),
    };

    private static FeeLine Line(string zh, string en, decimal amount) => new() { Text = new(zh, en), Amount = amount };

    [Fact]
    public void Decisions_KeepTheirNumbersAndNames() => Assert.Equal(
        ["0 refuse", "1 open"],
        Enum.GetValues<GateDecision>()
            .Select(decision => $"{(int)decision} {JsonSerializer.SerializeToElement(decision, GateProtocolJson.Options).GetString()}"));
}
