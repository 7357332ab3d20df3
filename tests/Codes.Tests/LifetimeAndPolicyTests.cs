using NodaTime;

namespace Parking.Codes.Tests;

public class LifetimeAndPolicyTests
{
    [Fact]
    public void Default_EveryTime_IsTheDesigns()
    {
        var (lifetime, policy) = (CodeLifetime.Default, KeyRingPolicy.Default);

        Assert.Equal(Duration.FromSeconds(60), lifetime.ValidFor);
        Assert.Equal(Duration.FromSeconds(30), lifetime.RedrawAfter);
        Assert.Equal(Duration.FromSeconds(30), lifetime.ClockSkew);
        Assert.Equal(Duration.FromDays(7), policy.OfflineHorizon);
        Assert.Equal(Duration.FromDays(30), policy.RotationPeriod);
        Assert.True(policy.AnnounceLead >= policy.OfflineHorizon);
        Assert.True(policy.KeepAfterSigning >= policy.OfflineHorizon + lifetime.ValidFor + lifetime.ClockSkew);
    }

    [Fact]
    public void Lifetime_NotWholeSecondsOrOutOfRange_Throws()
    {
        Duration[] wrong =
        [
            Duration.FromSeconds(-1), Duration.FromMilliseconds(1500), Duration.FromSeconds(86_401), Duration.MaxValue, Duration.MinValue,
        ];

        Assert.All([.. wrong, Duration.Zero], value =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLifetime { ValidFor = value });
            Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLifetime { RedrawAfter = value });
        });
        Assert.All(wrong, value => Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLifetime { ClockSkew = value }));
        Assert.Equal(Duration.Zero, new CodeLifetime { ClockSkew = Duration.Zero }.ClockSkew);
    }

    [Fact]
    public void Policy_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRingPolicy { OfflineHorizon = -Duration.Epsilon });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRingPolicy { PublicationDelay = -Duration.Epsilon });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRingPolicy { RotationPeriod = Duration.FromSeconds(59) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRingPolicy { RotationPeriod = Duration.MaxValue });
    }
}
