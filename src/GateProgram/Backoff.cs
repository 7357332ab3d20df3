namespace Parking.GateProgram;

/// <summary>
/// The wait before the next attempt after attempts without an answer: 0.5 s, doubled with each failure up to 30 s. Each wait is shortened
/// at random by up to half, so that gates do not retry at the same moment.
/// </summary>
/// <param name="jitter">Returns random numbers from 0 (inclusive) to 1 (exclusive).</param>
internal sealed class Backoff(Func<double> jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(30),
        LongestAsked = TimeSpan.FromMinutes(10);

    /// <summary>The number of attempts in a row without an answer.</summary>
    public int Failures { get; private set; }

    public void Succeed() => Failures = 0;

    /// <param name="retryAfter">The wait that the service asked for; null if it did not ask.</param>
    /// <returns>The wait before the next attempt.</returns>
    public TimeSpan Fail(TimeSpan? retryAfter)
    {
        var full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(Failures, 16)));
        Failures++;
        return retryAfter is { } asked ? (asked < LongestAsked ? asked : LongestAsked) : TimeSpan.FromSeconds(full * (1 - (jitter() / 2)));
    }
}
