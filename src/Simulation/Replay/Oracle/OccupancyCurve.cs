using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>The number of open stays at a facility over time. It begins with zero.</summary>
internal sealed class OccupancyCurve
{
    private readonly List<OccupancyStep> _steps = [];

    /// <param name="changes">In any order. Changes of one instant become one step.</param>
    public OccupancyCurve(IEnumerable<(Instant At, int Change)> changes)
    {
        var occupied = 0;
        foreach (var moment in changes.GroupBy(change => change.At).OrderBy(moment => moment.Key))
        {
            var change = moment.Sum(one => one.Change);
            if (change != 0)
            {
                occupied += change;
                _steps.Add(new(moment.Key, occupied));
            }
        }
    }

    /// <summary>The steps in order of time.</summary>
    public IReadOnlyList<OccupancyStep> Steps => _steps;

    public int Final => _steps.Count == 0 ? 0 : _steps[^1].Occupied;

    public int Highest => _steps.Count == 0 ? 0 : _steps.Max(step => step.Occupied);

    /// <summary>The number of open stays after all events up to and including an instant.</summary>
    public int At(Instant instant)
    {
        var (low, high) = (0, _steps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_steps[middle].At <= instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low == 0 ? 0 : _steps[low - 1].Occupied;
    }
}

/// <summary>The occupancy from an instant on.</summary>
internal readonly record struct OccupancyStep(Instant At, int Occupied);
