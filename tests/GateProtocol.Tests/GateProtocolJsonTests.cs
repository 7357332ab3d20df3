using System.Text.Json;
using NodaTime;

namespace Parking.GateProtocol.Tests;

/// <summary>What stands on the wire. A change here is a change for every gate in the city.</summary>
public class GateProtocolJsonTests
{
    private static readonly ScanRequest Scan = new()
    {
        Journal = "9f2c4e1ab03d5577",
        Seq = 12,
        DeviceTime = Instant.FromUtc(2026, 5, 4, 8, 30, 16).PlusNanoseconds(250_000_000),
        Code = "SP1:ABC",
    };

    [Fact]
    public void Scan_IsWrittenAsDocumented() => Assert.Equal(
        """{"journal":"9f2c4e1ab03d5577","seq":12,"deviceTime":"2026-05-04T08:30:16.25Z","code":"SP1:ABC"}""",
        JsonSerializer.Serialize(Scan, GateProtocolJson.Options));

    [Fact]
    public void Scan_IsReadBackAsItWas() =>
        Assert.Equal(Scan, JsonSerializer.Deserialize<ScanRequest>(JsonSerializer.Serialize(Scan, GateProtocolJson.Options), GateProtocolJson.Options));

    [Fact]
    public void Scan_AsText_DoesNotShowItsCode() => Assert.DoesNotContain(Scan.Code, Scan.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Answer_IsWrittenAsDocumented() => Assert.Equal(
        """{"decision":"open","reason":"entered_after_missed_exit","decidedAt":"2026-05-04T08:30:16Z","stay":{"id":"00ff","enteredAt":"2026-05-04T08:30:16Z"},"display":{"zh":"\u8BF7\u8FDB","en":"Welcome"},"acknowledgedThrough":7}""",
        JsonSerializer.Serialize(
            new ScanAnswer
            {
                Decision = GateDecision.Open,
                Reason = ScanReason.EnteredAfterMissedExit,
                DecidedAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16),
                Stay = new() { Id = "00ff", EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16) },
                Display = new("请进", "Welcome"),
                AcknowledgedThrough = 7,
            },
            GateProtocolJson.Options));

    [Fact]
    public void Answer_WithAFee_IsWrittenAsDocumented_AndReadBackAsItWas()
    {
        const string json =
            """{"decision":"open","reason":"exited","decidedAt":"2026-05-04T09:35:16Z","fee":{"currency":"CNY","total":2500,"lines":[{"text":{"zh":"A","en":"B"},"amount":1500},{"text":{"zh":"C","en":"D"},"amount":1000.25}]},"display":{"zh":"A","en":"B"},"acknowledgedThrough":7}""";

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
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":12,"deviceTime":"2026-05-04T08:30:16Z","code":"A","speed":9}""", "speed")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":12,"deviceTime":"2026-05-04T08:30:16Z"}""", "code")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":"12","deviceTime":"2026-05-04T08:30:16Z","code":"A"}""", "seq")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":1.5,"deviceTime":"2026-05-04T08:30:16Z","code":"A"}""", "seq")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":12,"deviceTime":"yesterday","code":"A"}""", "deviceTime")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":12,"deviceTime":"2026-05-04T08:30:16Z","code":null}""", "code")]
    public void Scan_ThatIsNotOne_IsRefusedNamingTheMember(string json, string member)
    {
        var error = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<ScanRequest>(json, GateProtocolJson.Options));

        Assert.Contains(member, error.Message + error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_KeepTheirNumbersAndNames() => Assert.Equal(
        [
            "1 entered", "2 entered_after_missed_exit", "3 exited", "4 missed_entry", "10 not_a_code", "11 bad_encoding", "12 bad_shape",
            "13 unsupported_algorithm", "14 unknown_key", "15 bad_signature", "16 not_yet_valid", "17 expired", "20 code_used",
            "21 already_parked", "22 full", "23 call_attendant",
        ],
        Enum.GetValues<ScanReason>().Select(reason => $"{(int)reason} {JsonSerializer.SerializeToElement(reason, GateProtocolJson.Options).GetString()}"));

    private static ScanAnswer Exited(Fee fee) => new()
    {
        Decision = GateDecision.Open,
        Reason = ScanReason.Exited,
        DecidedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        Fee = fee,
        Display = new("A", "B"),
        AcknowledgedThrough = 7,
    };

    private static FeeLine Line(string zh, string en, decimal amount) => new() { Text = new(zh, en), Amount = amount };

    [Fact]
    public void Decisions_KeepTheirNumbersAndNames() => Assert.Equal(
        ["0 refuse", "1 open"],
        Enum.GetValues<GateDecision>().Select(decision => $"{(int)decision} {JsonSerializer.SerializeToElement(decision, GateProtocolJson.Options).GetString()}"));
}
