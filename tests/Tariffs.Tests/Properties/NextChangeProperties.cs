using CsCheck;
using NodaTime;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>When a price changes next.</summary>
public sealed class NextChangeProperties
{
    private static readonly long Horizon = (long)Duration.FromDays(31).TotalSeconds;

    [Fact]
    public void NextChange_AnyStay_IsTheFirstSecondWithAnotherPrice() =>
        Gen.Select(PricedCase.Walkable, Gen.Double[0, 1].Array[6]).SampleCases(Depth.Cases, (one, between) =>
        {
            var now = one.Stay.ExitedAt.ToUnixTimeSeconds();
            var total = one.Version.Price(one.Stay);

            var next = one.Version.NextChange(one.Stay);

            var last = next is null ? now + Horizon : next.LeaveBy.ToUnixTimeSeconds();
            Assert.InRange(last, now, now + Horizon);
            Assert.Equal(total, one.Version.Price(one.Until(Math.Max(last, now))));
            if (next is not null)
            {
                Assert.Equal(Instant.FromUnixTimeSeconds(last), next.LeaveBy);
                Assert.NotEqual(total, next.Total);
                Assert.Equal(next.Total, one.Version.Price(one.Until(last + 1)));
            }

            // Nothing happens before: at the seconds right after the exit and right before the change, and at a few between.
            var seconds = Enumerable.Range(0, 6).SelectMany(i => new[] { now + i, last - i })
                .Concat(between.Select(share => now + (long)(share * (last - now))));
            Assert.All(seconds.Where(second => now <= second && second <= last), second =>
                Assert.Equal(total, one.Version.Price(one.Until(second))));
        });
}
