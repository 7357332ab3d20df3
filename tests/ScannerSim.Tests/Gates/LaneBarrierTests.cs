using CsCheck;
using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates;

public class LaneBarrierTests
{
    /// <summary>
    /// Compares any order of barrier events with a model that knows only which vehicle is at the barrier and whether it may pass. The
    /// barrier is open only after a decision to open or an opening by hand, until the vehicle is gone.
    /// </summary>
    [Fact]
    public void Barrier_AnyOrderOfEvents_IsOpenOnlyForWhomItWasOpened()
    {
        Gen.Int[0, 7].Array[0, 60].SampleCases(Depth.Cases, events =>
        {
            var barrier = new LaneBarrier();
            var state = GateState.Waiting;
            long? standing = null;
            var scans = 0L;
            foreach (var kind in events)
            {
                switch (kind)
                {
                    case 0 when state is not GateState.Open:
                        barrier.Ask(++scans, $"code {scans}");
                        (state, standing) = (GateState.Asking, scans);
                        break;
                    case 1 or 2 when state is not GateState.Open:
                        scans += state == GateState.Asking ? 0 : 1;
                        barrier.Act(scans, $"code {scans}", Showing(scans, opens: kind == 1));
                        (state, standing) = (kind == 1 ? GateState.Open : GateState.Refused, scans);
                        break;
                    case 3 when state is not GateState.Open:
                        barrier.OpenByHand();
                        state = GateState.Open;
                        break;
                    case 3:
                        Assert.Throws<InvalidOperationException>(barrier.OpenByHand);
                        break;
                    case 4 or 5 or 6:
                        var move = (VehicleMove)(kind - 4);
                        var isPossible =
                            state != GateState.Asking
                            && state == GateState.Open == move is VehicleMove.Passed or VehicleMove.BackedOut;
                        Assert.Equal(isPossible, Record.Exception((Action)(() => barrier.RequirePossible(move))) is null);
                        if (isPossible)
                        {
                            barrier.Clear();
                            (state, standing) = (GateState.Waiting, null);
                        }
                        break;
                    case 7 when state is GateState.Open or GateState.Refused && standing is not null:
                        Assert.NotEqual(false, barrier.Find($"code {standing}")?.IsRepeat);
                        Assert.Null(barrier.Find("another code"));
                        break;
                }
                Assert.Equal((state, standing), (barrier.State, barrier.Scan));
                Assert.Equal(state == GateState.Open, barrier.IsOpen);
            }
        });
    }

    private static GateShowing Showing(long scan, bool opens) => new()
    {
        Scan = scan,
        Decision = opens ? GateDecision.Open : GateDecision.Refuse,
        Reason = opens ? ScanReason.Entered : ScanReason.Full,
        Display = DisplayTexts.Welcome,
        IsOpen = opens,
        IsLocal = false,
    };
}
