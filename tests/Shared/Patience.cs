namespace Parking.Tests;

/// <summary>
/// How long tests wait for what is sure to come. It ends a test that hangs, and measures nothing: no machine that works is so slow. What
/// waits for a process fails at once when the process ends.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends when the test is ended, and when its patience is.</summary>
    public static CancellationTokenSource Start()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Limit);
        return source;
    }

    /// <summary>Waits until something is so that another thread brings about.</summary>
    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until something is so that has to be asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = Start();
        while (!await condition())
        {
            await Task.Delay(LookEvery, limit.Token);
        }
    }
}
