using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Load;

/// <summary>
/// Which numbers of vehicles a facility can have had at each moment, as its gates saw it. A vehicle is counted some time between showing
/// its code and the gate's answer; between them both numbers are possible. Safe to use from many threads.
/// </summary>
public sealed class OccupancyTruth
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Step>> _steps = [];

    /// <summary>Notes a vehicle that went in or out. A facility is empty before its first one.</summary>
    /// <param name="facility">The facility's id.</param>
    /// <param name="direction">In or out.</param>
    /// <param name="shown">When its code was shown.</param>
    /// <param name="answered">When the gate had the answer.</param>
    public void Count(string facility, GateDirection direction, Instant shown, Instant answered)
    {
        lock (_lock)
        {
            if (!_steps.TryGetValue(facility, out var steps))
            {
                _steps[facility] = steps = [];
            }
            steps.AddRange(direction == GateDirection.Entry
                ? [new(shown, 0, 1), new(answered, 1, 0)]
                : [new(shown, -1, 0), new(answered, 0, -1)]);
        }
    }

    /// <summary>For how long a number has not been possible any more; zero if it is possible.</summary>
    /// <param name="facility">The facility's id.</param>
    /// <param name="number">The number of vehicles that is shown.</param>
    /// <param name="at">The moment.</param>
    /// <returns>Null if it has never been possible until then.</returns>
    public Duration? AgeOf(string facility, int number, Instant at)
    {
        List<Step> steps;
        lock (_lock)
        {
            steps = [.. _steps.GetValueOrDefault(facility, []).Where(step => step.At <= at).OrderBy(step => step.At)];
        }
        Instant? possibleUntil = null;
        var (least, most) = (0, 0);
        foreach (var step in steps.Append(new(at, 0, 0)))
        {
            if (least <= number && number <= most)
            {
                possibleUntil = step.At;
            }
            (least, most) = (least + step.Least, most + step.Most);
        }
        return least <= number && number <= most ? Duration.Zero : at - possibleUntil;
    }

    /// <param name="At">When what is possible changes.</param>
    /// <param name="Least">What the least possible number changes by.</param>
    /// <param name="Most">What the greatest possible number changes by.</param>
    private readonly record struct Step(Instant At, int Least, int Most);
}
