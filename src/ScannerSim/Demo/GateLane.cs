using System.Diagnostics;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;
using Parking.ScannerSim.Cities;
using Parking.ScannerSim.Gates;

namespace Parking.ScannerSim.Demo;

/// <summary>One lane at work: vehicles come one after the other, show something to the reader, and pass or turn away.</summary>
/// <param name="plan">The gate.</param>
/// <param name="journal">Its journal's name.</param>
/// <param name="client">Posts its scans.</param>
/// <param name="camera">Its reader.</param>
/// <param name="board">Shows its state.</param>
/// <param name="time">Its clock.</param>
internal sealed class GateLane(GatePlan plan, string journal, GateClient client, GateCamera camera, DemoBoard board, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan PassingTime = TimeSpan.FromMilliseconds(450);
    private static readonly TimeSpan TurningTime = TimeSpan.FromMilliseconds(700);

    private readonly BarrierGate _gate = new(journal);
    private readonly IClock _clock = time.ToClock();
    private readonly SemaphoreSlim _lane = new(1);

    /// <summary>A driver comes to the gate, waits for those before, and shows something.</summary>
    /// <param name="tap">What is shown.</param>
    /// <param name="onAnswer">Called with the answer before the vehicle moves.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TapRecord> TapAsync(Tap tap, Action<ScanAnswer> onAnswer, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            var shot = await camera.ReadAsync(tap, cancellationToken);
            var record = new TapRecord { Tap = tap, Frames = shot.Frames, Read = shot.ReadTime };
            if (shot.Text != shot.Shown)
            {
                return Conclude(record with { Fault = shot.Text is null ? $"no frame of {shot.Frames} could be read" : "the reader read another text than was drawn" });
            }
            record = await AskAsync(record, shot.Text, cancellationToken);
            if (record.Answer is { } answer)
            {
                onAnswer(answer);
            }
            Conclude(record);
            await Task.Delay(_gate.IsOpen ? PassingTime : TurningTime, time, cancellationToken);
            _gate.Clear();
            return record;
        }
        finally
        {
            board.Show(plan.Id, _gate);
            _lane.Release();
        }
    }

    public void Dispose() => _lane.Dispose();

    private async Task<TapRecord> AskAsync(TapRecord record, string text, CancellationToken cancellationToken)
    {
        var scan = _gate.ReadCode(text, _clock.GetCurrentInstant()) ?? throw new UnreachableException("The lane is this vehicle's alone.");
        board.Show(plan.Id, _gate);
        try
        {
            var exchange = await client.PostAsync(scan, cancellationToken);
            if (record.Tap.LosesAnswer)
            {
                var repeated = await client.PostAsync(scan, cancellationToken);
                record = IsSame(exchange.Answer, repeated.Answer) ? record : record with { Fault = "the same scan posted again got another answer" };
            }
            _gate.TakeAnswer(exchange.Answer);
            return record with
            {
                Answer = exchange.Answer,
                Network = exchange.Network,
                Decide = exchange.Decide,
                Attempts = exchange.Attempts,
            };
        }
        catch (ScanFailedException error)
        {
            _gate.GiveUp();
            return record with { Fault = error.Message };
        }
    }

    /// <summary>All that was decided. What the service knows of the journal may have grown meanwhile.</summary>
    private static bool IsSame(ScanAnswer first, ScanAnswer second) =>
        first with { AcknowledgedThrough = 0 } == second with { AcknowledgedThrough = 0 };

    private TapRecord Conclude(TapRecord record)
    {
        board.Add(record);
        board.Show(plan.Id, _gate);
        return record;
    }
}
