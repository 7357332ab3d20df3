using NodaTime;

namespace Parking.Simulation.Traces.Recording;

/// <summary>What became of a recording.</summary>
/// <param name="Events">In order of time.</param>
/// <param name="Ends">Up to when it tells.</param>
/// <param name="LeftOut">How many events are not in it because they happened before it began.</param>
public sealed record RecordedTrace(IReadOnlyList<TraceEvent> Events, Instant Ends, int LeftOut)
{
    public TraceCounts Count()
    {
        var counts = new TraceCounts();
        foreach (var next in Events)
        {
            counts.Add(next);
        }
        return counts;
    }
}
