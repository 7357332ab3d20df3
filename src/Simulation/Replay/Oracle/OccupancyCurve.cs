using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>How many stays were open at a facility, over time. It begins empty.</summary>
internal sealed class OccupancyCurve
{
    private readonly List<OccupancyStep> _steps = [];

    /// <param name="changes">In any order; those of one instant are one step.</param>
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

    /// <summary>Each change, in order of time.</summary>
    public IReadOnlyList<OccupancyStep> Steps => _steps;

    public int Final => _steps.Count == 0 ? 0 : _steps[^1].Occupied;

    public int Highest => _steps.Count == 0 ? 0 : _steps.Max(step => step.Occupied);

    /// <summary>How many were open when everything up to and with this instant had happened.</summary>
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

/// <summary>From this instant on, so many.</summary>
internal readonly record struct OccupancyStep(Instant At, int Occupied);
