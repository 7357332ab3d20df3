using System.Diagnostics;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Load;

/// <summary>A gate under load. Vehicles come one after the other, and each takes a moment to drive through.</summary>
/// <param name="facility">The id of its facility.</param>
/// <param name="gate">The gate.</param>
/// <param name="machine">The gate's program.</param>
/// <param name="time">Waits.</param>
internal sealed class LoadLane(string facility, GatePlan gate, GateMachine machine, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromMilliseconds(450);

    private readonly SemaphoreSlim _turn = new(1);
    private int _isClaimed;

    public string Facility => facility;

    public GatePlan Gate => gate;

    /// <summary>The number of events the gate has written.</summary>
    public long Events => machine.LastSeq;

    /// <summary>The number of events that are not acknowledged.</summary>
    public long Unacknowledged => machine.LastSeq - machine.AcknowledgedThrough;

    /// <summary>How long the feed tells the gate to wait for an answer; null before the first feed.</summary>
    public TimeSpan? ToldBudget => machine.Feed is { } feed ? TimeSpan.FromMilliseconds(feed.AnswerBudgetMilliseconds) : null;

    /// <summary>Reserves the gate's work for one worker, if it is due and no other worker has it.</summary>
    public bool TryClaimWork(DateTimeOffset now) => machine.NextWorkAt <= now && Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Does the reserved work.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await machine.WorkAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _isClaimed, 0);
        }
    }

    /// <summary>A driver arrives, waits for the vehicle before, shows a code and drives on.</summary>
    /// <param name="arrival">The planned arrival.</param>
    /// <param name="code">The code; completed when the phone has fetched it.</param>
    /// <param name="clock">The load's time.</param>
    /// <param name="onDecided">Called after the gate has acted on the code and before the vehicle moves.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task TapAsync(
        Arrival arrival, Task<string> code, LoadClock clock, Action<LoadTap> onDecided, CancellationToken cancellationToken)
    {
        var text = await code;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var shown = clock.Now;
            var showing = await machine.ShowAsync(text, cancellationToken)
                ?? throw new UnreachableException("Another vehicle was in the lane.");
            onDecided(new LoadTap(arrival.At, shown, clock.Now, showing, ExpectedAt(arrival.Direction)));
            if (showing.IsOpen)
            {
                await Task.Delay(PassingTime, time, cancellationToken);
            }
            await machine.MoveAsync(showing.IsOpen ? VehicleMove.Passed : VehicleMove.TurnedAway);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends the gate's unacknowledged events.</summary>
    public Task<bool> DrainAsync(CancellationToken cancellationToken) => machine.DrainAsync(cancellationToken);

    public void Dispose()
    {
        machine.Dispose();
        _turn.Dispose();
    }

    private static ScanReason ExpectedAt(GateDirection direction) =>
        direction == GateDirection.Entry ? ScanReason.Entered : ScanReason.Exited;
}
