namespace Parking.Simulation.Traces.Generating;

/// <summary>Planned steps in order of time; steps at the same time run in the order in which they were planned.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<long>, Moment> _steps = new(new MomentOrder());
    private long _planned;
    private bool _isTrafficOver;

    /// <summary>Plans a step.</summary>
    /// <param name="at">When, in milliseconds since 1970.</param>
    /// <param name="step">Called with the time.</param>
    public void Add(long at, Action<long> step) => _steps.Enqueue(step, new Moment(at, _planned++, IsTraffic: false));

    /// <summary>Plans a driver's step. It is dropped after the traffic has stopped.</summary>
    public void AddTraffic(long at, Action<long> step) => _steps.Enqueue(step, new Moment(at, _planned++, IsTraffic: true));

    /// <summary>Drops all remaining steps of drivers.</summary>
    public void StopTraffic() => _isTrafficOver = true;

    /// <summary>Runs all steps before <paramref name="limit"/>, and the steps that they plan before it.</summary>
    public void RunUntil(long limit)
    {
        while (_steps.TryPeek(out var step, out var time) && time.At < limit)
        {
            _steps.Dequeue();
            if (!(time.IsTraffic && _isTrafficOver))
            {
                step(time.At);
            }
        }
    }

    private readonly record struct Moment(long At, long Order, bool IsTraffic);

    private sealed class MomentOrder : IComparer<Moment>
    {
        public int Compare(Moment x, Moment y) => x.At == y.At ? x.Order.CompareTo(y.Order) : x.At.CompareTo(y.At);
    }
}
