using Microsoft.Extensions.Time.Testing;
using Parking.Api.Hosting;

namespace Parking.Api.Tests.Hosting;

public sealed class SparseTicksTests
{
    [Fact]
    public void IsDue_OnceInEachDistance_FromTheTickThatCounted()
    {
        var time = new FakeTimeProvider();
        var ticks = new SparseTicks(time, TimeSpan.FromMilliseconds(100));

        var due = Enumerable.Range(0, 8).Select(_ =>
        {
            var isDue = ticks.IsDue();
            time.Advance(TimeSpan.FromMilliseconds(40));
            return isDue;
        });

        Assert.Equal([true, false, false, true, false, false, true, false], due);
    }
}
