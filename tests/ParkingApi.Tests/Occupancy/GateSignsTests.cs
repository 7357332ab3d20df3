using NodaTime;
using Parking.Facilities;
using Parking.Occupancy;

namespace Parking.Api.Tests.Occupancy;

/// <summary>Signs of life that other instances wrote down, by clocks that differ from this one.</summary>
public sealed class GateSignsTests
{
    private static readonly GateId Gate = new("in-1");
    private static readonly Instant Noon = Instant.FromUtc(2027, 3, 1, 12, 0);

    private readonly GateSigns _signs = new();

    [Fact]
    public void FirstStamp_IsTakenAtItsWord_ButNotFromTheFuture()
    {
        Assert.Equal(Second(-90), _signs.LastSign(Gate, Second(-90), Noon));
        Assert.Equal(Noon, _signs.LastSign(new("other"), Second(90), Noon));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(30)]
    public void Gate_HeardEveryTenSecondsByAnInstanceWithAnotherClock_IsNeverLongSilent(int clockOffset)
    {
        for (var now = 0; now < 300; now++)
        {
            var lastBeat = now / 10 * 10;

            var sign = _signs.LastSign(Gate, Second(lastBeat + clockOffset), Second(now));

            Assert.True(now == 0 || now < 10 || Second(now) - sign <= Duration.FromSeconds(17), $"At {now}: {sign}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(30)]
    public void Gate_ThatFellSilent_IsSilentWithinThirtySeconds(int clockOffset)
    {
        var silentFor = 0;
        for (var now = 0; now < 100; now++)
        {
            var lastBeat = Math.Min(now / 10 * 10, 50);
            var sign = _signs.LastSign(Gate, Second(lastBeat + clockOffset), Second(now));
            silentFor = silentFor == 0 && now > 50 && Second(now) - sign > FacilityWatch.SilentAfter ? now - 50 : silentFor;
        }

        Assert.InRange(silentFor, 19, 27);
    }

    [Fact]
    public void Look_ThatEndsAfterAYoungerOne_ChangesNothing()
    {
        _signs.LastSign(Gate, Second(0), Second(0));
        Assert.Equal(Second(10), _signs.LastSign(Gate, Second(10), Second(11)));

        Assert.Equal(Second(10), _signs.LastSign(Gate, Second(0), Second(9)));
        Assert.Equal(Second(10), _signs.LastSign(Gate, Second(10), Second(12)));
    }

    private static Instant Second(int seconds) => Noon + Duration.FromSeconds(seconds);
}
