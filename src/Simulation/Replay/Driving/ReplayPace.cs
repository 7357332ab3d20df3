using NodaTime;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The speed of the trace's time relative to real time.</summary>
public sealed class ReplayPace
{
    private readonly double? _factor;
    private readonly Instant _starts;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <param name="factor">Seconds of the trace per second of real time; null for no limit.</param>
    /// <param name="starts">The trace's first instant.</param>
    /// <param name="time">Real time.</param>
    public ReplayPace(double? factor, Instant starts, TimeProvider time)
    {
        (_factor, _starts, _time, _started) = (factor, starts, time, time.GetTimestamp());
    }

    /// <summary>Reads <c>max</c>, which gives null, or a number with <c>x</c>.</summary>
    /// <exception cref="SettingsException">The text is neither.</exception>
    public static double? Parse(string speed) => speed switch
    {
        "max" => null,
        _ when speed.EndsWith('x') && double.TryParse(speed[..^1], System.Globalization.CultureInfo.InvariantCulture, out var factor)
            && factor is > 0 and <= 1_000_000 => factor,
        _ => throw new SettingsException($"--speed {speed}: give max, or the factor of real time, such as 1x or 60x."),
    };

    /// <summary>Waits until the trace's time may reach an instant.</summary>
    public Task WaitUntilAsync(Instant at, CancellationToken cancellationToken)
    {
        if (_factor is not { } factor)
        {
            return Task.CompletedTask;
        }
        var wait = ((at - _starts) / factor).ToTimeSpan() - _time.GetElapsedTime(_started);
        return wait > TimeSpan.Zero ? Task.Delay(wait, _time, cancellationToken) : Task.CompletedTask;
    }
}
