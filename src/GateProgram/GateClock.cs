using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// True time, as a gate can know it: the service's, from the quickest answer of the last few minutes, counted on by the steady clock. A
/// device clock that is set meanwhile changes only what is added to it. Safe to use from many threads.
/// </summary>
/// <param name="time">The device: its clock, and its steady clock.</param>
/// <param name="offset">What was known before it was started: milliseconds to add to the device's clock.</param>
internal sealed class GateClock(TimeProvider time, long offset)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = [];

    // As long as no answer says better, what was known counts on from the start.
    private Sample _best = new(time.GetTimestamp(), time.GetUtcNow().ToInstant() + Duration.FromMilliseconds(offset), TimeSpan.MaxValue);

    /// <summary>Whether an answer has told the time.</summary>
    public bool IsSet { get; private set; }

    /// <summary>True time.</summary>
    public Instant Now => Read().True;

    /// <summary>What the device says, in whole milliseconds, and what to add to it.</summary>
    public (Instant DeviceTime, long Offset) Stamp()
    {
        var (device, now) = Read();
        var cut = Instant.FromUnixTimeMilliseconds(device.ToUnixTimeMilliseconds());
        var milliseconds = (long)Math.Round((now - cut).TotalMilliseconds, MidpointRounding.AwayFromZero);
        return (cut, Math.Clamp(milliseconds, -ReportedEvent.MaxClockOffset, ReportedEvent.MaxClockOffset));
    }

    /// <summary>An answer told the time.</summary>
    /// <param name="sent">The steady clock when the request was sent.</param>
    /// <param name="answered">The steady clock when the answer was there.</param>
    /// <param name="told">What it told.</param>
    public void Learn(long sent, long answered, Instant told)
    {
        lock (_gate)
        {
            var roundTrip = time.GetElapsedTime(sent, answered);
            _samples.RemoveAll(sample => time.GetElapsedTime(sample.At, answered) > Window || sample.RoundTrip >= roundTrip);
            _samples.Add(new Sample(sent + ((answered - sent) / 2), told, roundTrip));
            // What is left gets slower from the oldest to the newest, or it would have been removed by a later and quicker one.
            _best = _samples[0];
            IsSet = true;
        }
    }

    private (Instant Device, Instant True) Read()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return (time.GetUtcNow().ToInstant(), _best.True + Duration.FromTimeSpan(time.GetElapsedTime(_best.At, now)));
        }
    }

    private readonly record struct Sample(long At, Instant True, TimeSpan RoundTrip);
}
