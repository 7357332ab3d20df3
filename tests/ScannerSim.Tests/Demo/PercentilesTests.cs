using CsCheck;
using Parking.Optics.Trials;

namespace Parking.ScannerSim.Tests.Demo;

public class PercentilesTests
{
    [Fact]
    public void Of_OneToAHundred_AreTheRanksThemselves() => Assert.Equal(
        new Percentiles(100, Ms(50), Ms(95), Ms(99), Ms(100)), Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(i => Ms(i))));

    [Fact]
    public void Of_OneValue_IsThatValue() => Assert.Equal(new Percentiles(1, Ms(7), Ms(7), Ms(7), Ms(7)), Percentiles.Of([Ms(7)]));

    [Fact]
    public void Of_Nothing_IsNothing() => Assert.Null(Percentiles.Of([]));

    /// <summary>
    /// The definition of nearest rank: the smallest measured value that is greater than or equal to at least that share of the values.
    /// </summary>
    [Fact]
    public void Of_AnyValues_AreTheSmallestMeasuredThatEnoughDoNotExceed()
    {
        Gen.Int[0, 50].Array[1, 300].SampleCases(Depth.Cases, values =>
        {
            var percentiles = Percentiles.Of(values.Select(value => Ms(value)));
            Assert.NotNull(percentiles);
            (int Percent, TimeSpan Got)[] cases =
                [(50, percentiles.P50), (95, percentiles.P95), (99, percentiles.P99), (100, percentiles.Max)];
            foreach (var (percent, got) in cases)
            {
                var expected = values.Where(value => values.Count(other => other <= value) * 100 >= percent * values.Length).Min();
                Assert.Equal(Ms(expected), got);
            }
        });
    }

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
