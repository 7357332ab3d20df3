using Microsoft.Extensions.Time.Testing;

namespace Parking.ScannerSim.Tests.Commands;

/// <summary>
/// True time, and one thread on which everything happens in it: time moves only when nothing is left to do. So a run depends on nothing but
/// its seed.
/// </summary>
internal sealed class PumpedTime : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
        }
    }

    /// <summary>Runs to the end, and moves time in small steps meanwhile.</summary>
    /// <param name="run">What is run.</param>
    /// <param name="step">How far time moves at once.</param>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public void Run(Func<Task> run, TimeSpan step)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var running = run();
            for (var steps = 0; !running.IsCompleted; steps++)
            {
                if (steps > 50_000_000)
                {
                    throw new TimeoutException("The run does not end.");
                }
                Drain();
                Time.Advance(step);
            }
            running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Drain()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_queue)
            {
                if (!_queue.TryDequeue(out next))
                {
                    return;
                }
            }
            next.Callback(next.State);
        }
    }
}
