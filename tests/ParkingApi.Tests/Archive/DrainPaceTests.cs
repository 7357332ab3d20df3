using Microsoft.Extensions.Time.Testing;
using Parking.BackOffice.Archive;

namespace Parking.Api.Tests.Archive;

/// <summary>A round of 125 timelines is worth a tenth of a second.</summary>
public sealed class DrainPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DrainPace _pace;

    public DrainPaceTests() => _pace = new(_time);

    [Theory]
    [InlineData(125, 125, 100)]
    [InlineData(125, 0, 100)]
    [InlineData(125, 250, 200)]
    [InlineData(1, 125, 100)]
    public void Round_AfterARound_WaitsUntilThatIsPaidFor(int timelines, int revisions, int milliseconds)
    {
        SpendLag();

        var wait = Wait(timelines, revisions);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public void Round_ThatTookLongerThanItsPay_IsFollowedAtOnce()
    {
        SpendLag();
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True(Wait(125, 125).IsCompleted);
    }

    /// <summary>A drain that was held up catches up a little, and not for all the time in which it did nothing.</summary>
    [Fact]
    public void Rounds_AfterAnIdleHour_CatchUpForAFifthOfASecond()
    {
        SpendLag();
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(Wait(125, 125).IsCompleted);
        Assert.True(Wait(125, 125).IsCompleted);
        Assert.False(Wait(125, 125).IsCompleted);
    }

    [Fact]
    private void SpendLag()
    {
        Wait(125, 125);
        Wait(125, 125);
    }

    private Task Wait(int timelines, int revisions) =>
        _pace.WaitAsync(new(timelines, revisions, 0, true), TestContext.Current.CancellationToken);
}
