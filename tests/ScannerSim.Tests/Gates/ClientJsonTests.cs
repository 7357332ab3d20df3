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

    [Fact]
    public void MessageOfTheHub_MayHaveMembersThatTheScreenDoesNotKnow()
    {
        var change = JsonSerializer.Deserialize<FacilityOccupancy>(
            """{"facility":"hsp","sequence":41,"occupied":117,"capacity":320,"later":{"of":1}}""", ClientJson.Options)!;

        Assert.Equal(("hsp", 117), (change.Facility, change.Occupied));
    }
}
