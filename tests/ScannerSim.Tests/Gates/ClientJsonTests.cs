using System.Text.Json;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Operators;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A later service may say more than this program knows.</summary>
public sealed class ClientJsonTests
{
    [Fact]
    public void AnswerToAGate_MayHaveMembersThatTheGateDoesNotKnow()
    {
        var answer = JsonSerializer.Deserialize<UploadAnswer>(
            """
            {"time":"2026-05-04T08:30:16Z","epoch":"0","acknowledgedThrough":7,"later":{"of":1},"answers":[
              {"seq":7,"outcome":"decided","later":[1],"scan":{
                "decision":"open","reason":"entered","decidedAt":"2026-05-04T08:30:16Z","display":{"zh":"欢迎","en":"Welcome","later":1}}}]}
            """,
            ClientJson.Options)!;

        Assert.Equal(("Welcome", 7), (Assert.Single(answer.Answers).Scan!.Display.En, answer.AcknowledgedThrough));
    }

    [Theory]
    [InlineData("\"entered_as_resident\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{\"of\":[1]}")]
    public void AnswerToAGate_MayHaveAReasonThatTheGateDoesNotKnow(string reason)
    {
        var answer = JsonSerializer.Deserialize<ScanAnswer>(
            """{"decision":"open","decidedAt":"2026-05-04T08:30:16Z","display":{"zh":"欢迎","en":"Welcome"},"reason":""" + reason + "}",
            ClientJson.Options)!;

        Assert.Equal((GateDecision.Open, default(ScanReason)), (answer.Decision, answer.Reason));
    }

    [Fact]
    public void AnswerToAGate_WithADecisionThatTheGateDoesNotKnow_IsNoAnswer() => Assert.Throws<JsonException>(
        () => JsonSerializer.Deserialize<ScanAnswer>(
            """{"decision":"ask","reason":"exited","decidedAt":"2026-05-04T08:30:16Z","display":{"zh":"","en":""}}""",
            ClientJson.Options));

    /// <summary>The gate keeps its feed on the disk as it reads it, and must be able to read it again.</summary>
    [Fact]
    public void Feed_WithAStateThatTheGateDoesNotKnow_ComesBackFromTheDisk()
    {
        var feed = JsonSerializer.Deserialize<OfflineRules>("""{"policy":"ask","openingsPerHour":7}""", ClientJson.Options);

        Assert.Equal(
            new OfflineRules { Policy = default, OpeningsPerHour = 7 },
            JsonSerializer.Deserialize<OfflineRules>(JsonSerializer.Serialize(feed, ClientJson.Options), ClientJson.Options));
    }

    [Fact]
    public void MessageOfTheHub_MayHaveMembersThatTheScreenDoesNotKnow()
    {
        var change = JsonSerializer.Deserialize<FacilityOccupancy>(
            """{"facility":"hsp","sequence":41,"occupied":117,"capacity":320,"later":{"of":1}}""", ClientJson.Options)!;

        Assert.Equal(("hsp", 117), (change.Facility, change.Occupied));
    }
}
