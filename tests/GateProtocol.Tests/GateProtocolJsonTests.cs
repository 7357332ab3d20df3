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

    [Fact]
    public void Decisions_KeepTheirNumbersAndNames() => Assert.Equal(
        ["0 refuse", "1 open"],
        Enum.GetValues<GateDecision>().Select(decision => $"{(int)decision} {JsonSerializer.SerializeToElement(decision, GateProtocolJson.Options).GetString()}"));
}
