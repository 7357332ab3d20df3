using NodaTime;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

public sealed class StoreLifeTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);

    /// <summary>A gate that was away for several epochs has to send what the worst of them may have lost.</summary>
    [Fact]
    public void ResendFrom_OfAGateThatMissedSeveralEpochs_IsTheEarliest()
    {
        var life = new StoreLife([Epoch("a", 0, -10), Epoch("b", 1, -5), Epoch("c", 2, 1)]);

        Assert.Equal(
            [At(-10), At(-10), At(-5), At(1), At(1)],
            new[] { null, "unknown", "a", "b", "c" }.Select(life.ResendFrom));
    }

    [Fact]
    public void Begin_LongAfterAnEpochEnded_ForgetsIt()
    {
        var life = new StoreLife([Epoch("a", 0, -10), Epoch("b", 1, 0)]);

        Assert.Equal(["a", "b", "c"], Names(life.Begin(Epoch("c", (24 * 8) + 0.9, 100))));
        Assert.Equal(["b", "c"], Names(life.Begin(Epoch("c", (24 * 8) + 1, 100))));
        Assert.Equal(["b", "c"], Names(life.Begin(Epoch("c", 10_000, 9_999))));
    }

    [Fact]
    public void Begin_ManyTimesInADay_RemembersTheEarliestOfThoseThatItDrops()
    {
        var life = new StoreLife([Epoch("first", 0, -100)]);
        for (var n = 1; n < 100; n++)
        {
            life = life.Begin(Epoch($"{n}", n / 10.0, n / 10.0));
        }

        Assert.Equal(StoreLife.MostEpochs, life.Epochs.Count);
        Assert.Equal((At(-100), At(9.9)), (life.ResendFrom("first"), life.ResendFrom("98")));
    }

    private static IEnumerable<string> Names(StoreLife life) => life.Epochs.Select(epoch => epoch.Name);

    private static StoreEpoch Epoch(string name, double beganAt, double resendFrom) => new(name, At(beganAt), At(resendFrom));

    private static Instant At(double hours) => Start + Duration.FromHours(hours);
}
