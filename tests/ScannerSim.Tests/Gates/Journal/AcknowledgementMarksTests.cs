using NodaTime;
using Parking.GateProgram.Journal;

namespace Parking.ScannerSim.Tests.Gates.Journal;

public sealed class AcknowledgementMarksTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private readonly AcknowledgementMarks _marks = new();

    [Fact]
    public void Before_AnyTime_IsNeverMoreThanWasAcknowledgedThen_AndAtMostAnHourLess()
    {
        const int Minutes = 60 * 24 * 8;
        for (var minute = 0; minute <= Minutes; minute++)
        {
            Acknowledge(minute + 1, minute);
        }

        Assert.Equal(0, Before(-1));
        Assert.Equal(0, Before(0));
        for (var minute = 1; minute <= Minutes + 10; minute++)
        {
            Assert.InRange(Before(minute), minute - (minute >= Minutes - 1 ? 10 : 61), Math.Min(minute, Minutes + 1));
        }
        Assert.Equal((Minutes - 1, Minutes, Minutes + 1), (Before(Minutes - 1), Before(Minutes), Before(Minutes + 1)));
        Assert.InRange(_marks.All.Count, 24 * 8, (24 * 8) + 10);
    }

    [Fact]
    public void Before_ANumberThatHasFallen_IsNotTrustedUntilItWasAcknowledgedAgain()
    {
        Acknowledge(8, minute: 0);
        Acknowledge(3, minute: 120, epoch: "two");
        Acknowledge(9, minute: 180, epoch: "two");

        Assert.Equal((0, 3, 3, 9), (Before(0), Before(1), Before(150), Before(181)));
    }

    [Fact]
    public void Marks_LongerAgoThanAGateKeepsEvents_AreDropped()
    {
        foreach (var day in Enumerable.Range(0, 100))
        {
            Acknowledge(day, day * 24 * 60);
        }

        Assert.InRange(_marks.All.Count, 9, 12);
        Assert.Equal(0, Before(60));
    }

    private void Acknowledge(long through, int minute, string epoch = "one") =>
        _marks.Add(new(epoch, through, Now + Duration.FromMinutes(minute)));

    private long Before(int minute) => _marks.Before(Now + Duration.FromMinutes(minute));
}
