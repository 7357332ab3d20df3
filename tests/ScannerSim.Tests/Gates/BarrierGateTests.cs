using CsCheck;
using NodaTime;
using Parking.GateProtocol;
using Parking.ScannerSim.Gates;

namespace Parking.ScannerSim.Tests.Gates;

public class BarrierGateTests
{
    private const string Journal = "00000000000000ab";

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 8, 0);

    [Fact]
    public void ReadCode_FirstOfAJournal_HasNumberOneAndTheCode()
    {
        var scan = new BarrierGate(Journal).ReadCode("A", Now);

        Assert.Equal(new ScanRequest { Journal = Journal, Seq = 1, DeviceTime = Now, Code = "A" }, scan);
    }

    [Fact]
    public void ReadCode_SameCodeBeforeTheVehicleHasPassed_IsTheSameScan()
    {
        var gate = new BarrierGate(Journal);
        gate.ReadCode("A", Now);
        Assert.Null(gate.ReadCode("A", Now));
        gate.TakeAnswer(Answers.Open);

        Assert.Null(gate.ReadCode("A", Now));
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void ReadCode_SameCodeAfterTheVehicleHasPassed_IsANewScan()
    {
        var gate = new BarrierGate(Journal);
        gate.ReadCode("A", Now);
        gate.TakeAnswer(Answers.Open);
        gate.Clear();

        Assert.Equal(2, gate.ReadCode("A", Now)?.Seq);
    }

    [Fact]
    public void ReadCode_SameCodeAfterNoAnswer_AsksAgainWithTheSameContent()
    {
        var gate = new BarrierGate(Journal);
        var first = gate.ReadCode("A", Now);
        gate.GiveUp();

        Assert.Same(first, gate.ReadCode("A", Now + Duration.FromSeconds(9)));
        Assert.Equal(GateState.Asking, gate.State);
    }

    [Fact]
    public void TakeAnswer_Refusal_StaysShutAndShowsWhy()
    {
        var gate = new BarrierGate(Journal);
        gate.ReadCode("A", Now);

        gate.TakeAnswer(Answers.Refuse);

        Assert.False(gate.IsOpen);
        Assert.Equal(Answers.Refuse.Display, gate.Display);
    }

    [Fact]
    public void TakeAnswer_NothingAsked_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new BarrierGate(Journal).TakeAnswer(Answers.Open));

    [Fact]
    public void Clear_WhileAsking_Throws()
    {
        var gate = new BarrierGate(Journal);
        gate.ReadCode("A", Now);

        Assert.Throws<InvalidOperationException>(gate.Clear);
    }

    /// <summary>
    /// Any order of events a gate can meet, against a model that knows only two things: the code before the gate, and how that code stands.
    /// </summary>
    [Fact]
    public void Gate_AnyOrderOfEvents_IsOpenOnlyByAnAnswerAndNumbersWithoutGaps()
    {
        Gen.Int[0, 6].Array[0, 60].Sample(events =>
        {
            var gate = new BarrierGate(Journal);
            string? standing = null;
            var state = GateState.Waiting;
            var scans = new Dictionary<long, ScanRequest>();
            foreach (var kind in events)
            {
                switch (kind)
                {
                    case <= 2:
                        var code = "ABC"[kind].ToString();
                        var isNew = state is GateState.Waiting || (state is GateState.Refused or GateState.Unanswered && standing != code);
                        var isRepeat = state is GateState.Unanswered && standing == code;
                        var scan = gate.ReadCode(code, Now + Duration.FromSeconds(scans.Count));
                        Assert.Equal(isNew || isRepeat, scan is not null);
                        if (scan is not null)
                        {
                            Assert.Equal(isNew ? scans.Count + 1 : scans.Count, scan.Seq);
                            Assert.Equal(scan, scans.GetValueOrDefault(scan.Seq, scan));
                            scans[scan.Seq] = scan;
                            (standing, state) = (code, GateState.Asking);
                        }
                        break;
                    case 3 or 4 when state is GateState.Asking:
                        gate.TakeAnswer(kind == 3 ? Answers.Open : Answers.Refuse);
                        state = kind == 3 ? GateState.Open : GateState.Refused;
                        break;
                    case 5 when state is GateState.Asking:
                        gate.GiveUp();
                        state = GateState.Unanswered;
                        break;
                    case 6 when state is not GateState.Asking:
                        gate.Clear();
                        (standing, state) = (null, GateState.Waiting);
                        break;
                }
                Assert.Equal(state, gate.State);
                Assert.Equal(state is GateState.Open, gate.IsOpen);
            }
        });
    }
}
