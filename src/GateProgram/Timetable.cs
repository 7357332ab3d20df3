namespace Parking.GateProgram;

/// <summary>When a gate's work is due, by the steady clock. Setting the device clock does not change it.</summary>
internal sealed class Timetable(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>When to send unacknowledged events next; <see cref="TimeSpan.MaxValue"/> if there are none.</summary>
    public TimeSpan Upload { get; private set; } = TimeSpan.MaxValue;

    public TimeSpan Heartbeat { get; private set; }

    public TimeSpan Feed { get; private set; }

    /// <summary>When to read on in the list of revoked certificates; <see cref="TimeSpan.MaxValue"/> if there is nothing to read.</summary>
    public TimeSpan Revocations { get; private set; } = TimeSpan.MaxValue;

    /// <summary>When to remove the codes of acknowledged scans.</summary>
    public TimeSpan Compaction { get; private set; } = TimeSpan.MaxValue;

    /// <summary>When the earliest work is due, by the device's clock.</summary>
    public DateTimeOffset Next
    {
        get
        {
            // Many gates read this many times a second, so it allocates nothing.
            var wait = Earlier(Earlier(Earlier(Upload, Heartbeat), Earlier(Feed, Compaction)), Revocations) - Elapsed;
            return time.GetUtcNow() + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    public bool IsDue(TimeSpan at) => at <= Elapsed;

    public void UploadIn(TimeSpan wait) => Upload = Elapsed + wait;

    /// <summary>Unacknowledged events exist: send them within this time.</summary>
    public void UploadWithin(TimeSpan wait) => Upload = Upload < Elapsed + wait ? Upload : Elapsed + wait;

    public void UploadNothing() => Upload = TimeSpan.MaxValue;

    public void BeatIn(TimeSpan wait) => Heartbeat = Elapsed + wait;

    public void FetchIn(TimeSpan wait) => Feed = Elapsed + wait;

    public void FetchNothing() => Feed = TimeSpan.MaxValue;

    public void ReadRevocationsIn(TimeSpan wait) => Revocations = Elapsed + wait;

    public void ReadNoRevocations() => Revocations = TimeSpan.MaxValue;

    public void CompactWithin(TimeSpan wait) => Compaction = Compaction < Elapsed + wait ? Compaction : Elapsed + wait;

    public void CompactNothing() => Compaction = TimeSpan.MaxValue;

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
