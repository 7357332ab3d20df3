using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The gate's estimate of true time: the service's time from the fastest answer of the last five minutes, advanced by the steady clock.
/// Setting the device clock changes only the offset, not true time. Safe to use from many threads.
/// </summary>
/// <param name="time">The device's clock and its steady clock.</param>
/// <param name="offset">The offset known before the start: milliseconds to add to the device's clock.</param>
/// <param name="boot">The run of the steady clock (<see cref="GateBoot"/>).</param>
internal sealed class GateClock(TimeProvider time, long offset, string boot)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = [];

    // Until the first answer tells the time, the offset known before the start is used.
    private Sample _best = new(time.GetTimestamp(), time.GetUtcNow().ToInstant() + Duration.FromMilliseconds(offset), TimeSpan.MaxValue);

    /// <summary>Whether an answer has told the time since the start.</summary>
    public bool IsSet { get; private set; }

    /// <summary>The current true time.</summary>
    public Instant Now => Read().True;

    /// <summary>The present reading of the steady clock.</summary>
    public SteadyReading Steady => SteadyAt(time.GetTimestamp());

    /// <summary>The present readings of both clocks.</summary>
    public GateStamp Stamp()
    {
        var (device, now, steady) = Read();
        var cut = Instant.FromUnixTimeMilliseconds(device.ToUnixTimeMilliseconds());
        var milliseconds = (long)Math.Round((now - cut).TotalMilliseconds, MidpointRounding.AwayFromZero);
        return new(cut, Math.Clamp(milliseconds, -ReportedEvent.MaxClockOffset, ReportedEvent.MaxClockOffset), steady);
    }

    /// <summary>Takes in the time told by an answer.</summary>
    /// <param name="sent">The reading of the steady clock when the request was sent.</param>
    /// <param name="answered">The reading of the steady clock when the answer came.</param>
    /// <param name="told">The time told by the answer.</param>
    public void Learn(long sent, long answered, Instant told)
    {
        lock (_gate)
        {
            var roundTrip = time.GetElapsedTime(sent, answered);
            _samples.RemoveAll(sample => time.GetElapsedTime(sample.At, answered) > Window || sample.RoundTrip >= roundTrip);
            _samples.Add(new Sample(sent + ((answered - sent) / 2), told, roundTrip));
            // Adding a sample removes the older, slower ones. So round trips grow from the oldest sample to the newest, and the first is
            // the fastest.
            _best = _samples[0];
            IsSet = true;
        }
    }

    private SteadyReading SteadyAt(long timestamp) => new(boot, (long)time.GetElapsedTime(0, timestamp).TotalMilliseconds);

    private (Instant Device, Instant True, SteadyReading Steady) Read()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return (
                time.GetUtcNow().ToInstant(), _best.True + Duration.FromTimeSpan(time.GetElapsedTime(_best.At, now)), SteadyAt(now));
        }
    }

    private readonly record struct Sample(long At, Instant True, TimeSpan RoundTrip);
}

/// <summary>What a gate's clocks say at one moment.</summary>
/// <param name="DeviceTime">The device's clock, in whole milliseconds.</param>
/// <param name="Offset">The milliseconds that make it true time.</param>
/// <param name="Steady">The steady clock.</param>
internal readonly record struct GateStamp(Instant DeviceTime, long Offset, SteadyReading Steady);

/// <summary>A reading of the steady clock.</summary>
/// <param name="Boot">The run in which it was read (<see cref="GateBoot"/>).</param>
/// <param name="Milliseconds">How long this run had lasted, give or take a constant.</param>
internal readonly record struct SteadyReading(string Boot, long Milliseconds);
