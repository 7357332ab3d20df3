namespace Parking.GateProgram;

/// <summary>
/// How long to wait after an attempt without an answer: half a second, then twice as long each time, each time shortened at random by up to
/// half.
/// </summary>
/// <param name="jitter">Random numbers from 0 to below 1.</param>
internal sealed class Backoff(Func<double> jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(30),
        LongestAsked = TimeSpan.FromMinutes(10);

    /// <summary>How many attempts in a row got no answer.</summary>
    public int Failures { get; private set; }

    public void Succeed() => Failures = 0;

    /// <param name="retryAfter">What the service asks for; null where it does not.</param>
    /// <returns>How long to wait now.</returns>
    public TimeSpan Fail(TimeSpan? retryAfter)
    {
        var full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(Failures, 16)));
        Failures++;
        return retryAfter is { } asked ? (asked < LongestAsked ? asked : LongestAsked) : TimeSpan.FromSeconds(full * (1 - (jitter() / 2)));
    }
}
