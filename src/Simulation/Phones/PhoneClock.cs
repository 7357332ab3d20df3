using NodaTime;
using NodaTime.Extensions;

namespace Parking.Simulation.Phones;

/// <summary>
/// A phone's estimate of the service's time: its own clock, and an offset that an answer of the service has told. The phone's clock may be
/// wrong by any time. If it is set meanwhile, which its steady clock shows, the offset is not known any more.
/// </summary>
/// <param name="time">The phone's clocks.</param>
public sealed class PhoneClock(TimeProvider time)
{
    /// <summary>How far both clocks may drift apart before the phone takes its clock for set.</summary>
    private static readonly Duration Drift = Duration.FromSeconds(5);

    private Instant _device;
    private long _steady;
    private Duration? _offset;

    /// <summary>Whether codes can be dated: the service has told the time, and nobody has set the phone's clock since.</summary>
    public bool IsKnown
    {
        get
        {
            var elapsed = Duration.FromTimeSpan(time.GetElapsedTime(_steady));
            var jump = Device - _device - elapsed;
            return _offset is not null && jump < Drift && jump > -Drift;
        }
    }

    /// <summary>The best estimate: without a known offset, what the phone's own clock says.</summary>
    public Instant Now => Device + Offset;

    /// <summary>What to add to the phone's clock, as far as it is known; 0 if it is not.</summary>
    public Duration Offset
    {
        get => IsKnown ? _offset!.Value : Duration.Zero;
        set => (_device, _steady, _offset) = (Device, time.GetTimestamp(), value);
    }

    private Instant Device => time.GetUtcNow().ToInstant();

    /// <summary>Takes in the time that an answer tells.</summary>
    public void Learn(Instant told) => Offset = told - Device;
}
