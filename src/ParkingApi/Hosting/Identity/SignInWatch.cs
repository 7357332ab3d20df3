using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// Ends what goes on for long after its sign-in was checked, such as a hub's connection, once the sign-in has been withdrawn or is over.
/// </summary>
internal sealed partial class SignInWatch(SignIns signIns, MachineTime machine, ILogger<SignInWatch> logger) : BackgroundService
{
    /// <summary>How often every sign-in is looked at: what is withdrawn ends within 30 s, however long the looking takes.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>How many are looked at side by side, so that a store that answers slowly keeps nobody else connected.</summary>
    private const int AtOnce = 64;

    private readonly IClock _clock = machine.Provider.ToClock();
    private readonly ConcurrentDictionary<Watched, SignIn> _watched = new();

    /// <summary>Watches a sign-in until the result is disposed of.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <param name="end">Ends what goes on with it. May be called more than once.</param>
    public IDisposable Add(SignIn signIn, Action end)
    {
        var watched = new Watched(this, end);
        _watched[watched] = signIn;
        return watched;
    }

    /// <summary>Whether a sign-in is not over and not withdrawn.</summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach; see <see cref="SignIns.StandAsync"/>.</exception>
    public async Task<bool> StandAsync(SignIn signIn) =>
        _clock.GetCurrentInstant() < signIn.ExpiresAt && await signIns.StandAsync(signIn);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, machine.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    /// <summary>Looks at every sign-in once.</summary>
    internal Task LookAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _watched,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        (one, _) => new ValueTask(LookAtAsync(one.Key, one.Value)));

    private async Task LookAtAsync(Watched watched, SignIn signIn)
    {
        try
        {
            if (!await StandAsync(signIn))
            {
                watched.End();
            }
        }
        catch (StoreUnavailableException)
        {
            // Whoever watches goes on seeing that nothing is known. The next look tells.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One that cannot be ended must not keep the others.
            LookFailed(logger, e);
        }
    }

    [LoggerMessage(1016, LogLevel.Error, "Could not look at a sign-in; the next look tries again", EventName = "SignInLookFailed")]
    private static partial void LookFailed(ILogger logger, Exception exception);

    private sealed class Watched(SignInWatch watch, Action end) : IDisposable
    {
        public void End() => end();

        public void Dispose() => watch._watched.TryRemove(this, out _);
    }
}
