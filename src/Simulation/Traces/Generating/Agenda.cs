namespace Parking.Simulation.Traces.Generating;

/// <summary>What is going to happen, in order of time; at equal times in the order in which it was planned.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<long>, Moment> _steps = new(new MomentOrder());
    private long _planned;
    private bool _isTrafficOver;

    /// <summary>Plans a step.</summary>
    /// <param name="at">When, in milliseconds since 1970.</param>
    /// <param name="step">Told when it is.</param>
    public void Add(long at, Action<long> step) => _steps.Enqueue(step, new Moment(at, _planned++, IsTraffic: false));

    /// <summary>Plans a step that a driver does, for as long as anybody drives.</summary>
    public void AddTraffic(long at, Action<long> step) => _steps.Enqueue(step, new Moment(at, _planned++, IsTraffic: true));

    /// <summary>From now on every driver stays put.</summary>
    public void StopTraffic() => _isTrafficOver = true;

    /// <summary>Lets everything happen that is planned before <paramref name="limit"/>, and what follows from it before then.</summary>
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
