using NodaTime.Extensions;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Load;

/// <summary>Screens that watch the whole city during a load, and what they hear.</summary>
internal sealed class LoadScreens : IDisposable
{
    private readonly List<LoadScreen> _screens = [];
    private (long Messages, long Bytes) _started;

    /// <summary>Messages that each screen heard from <see cref="Start"/> to <see cref="Stop"/>, on average.</summary>
    public double Messages { get; private set; }

    /// <summary>Bytes that each screen heard from <see cref="Start"/> to <see cref="Stop"/>, on average.</summary>
    public double Bytes { get; private set; }

    /// <summary>Connects the screens.</summary>
    /// <param name="count">How many.</param>
    /// <param name="target">The service.</param>
    /// <param name="time">The time in the operator's token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceRefusedException">The service refuses one.</exception>
    public static async Task<LoadScreens> OpenAsync(int count, LoadTarget target, TimeProvider time, CancellationToken cancellationToken)
    {
        var screens = new LoadScreens();
        try
        {
            var token = new Identities(target.Settings, "load", time.ToClock()).OperatorToken();
            for (var number = 0; number < count; number++)
            {
                screens._screens.Add(await LoadScreen.OpenAsync(target.Address, token, cancellationToken));
            }
            return screens;
        }
        catch
        {
            screens.Dispose();
            throw;
        }
    }

    /// <summary>Hears what comes, until cancelled.</summary>
    /// <exception cref="ServiceRefusedException">The service has ended a connection.</exception>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_screens.Count == 0)
        {
            return;
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] all = [.. _screens.Select(screen => screen.ListenAsync(ending.Token))];
        await Task.WhenAny(all);
        await ending.CancelAsync();
        await Task.WhenAll(all);
    }

    public void Start() => _started = Sum();

    public void Stop()
    {
        var (messages, bytes) = Sum();
        Messages = (messages - _started.Messages) / (double)Math.Max(_screens.Count, 1);
        Bytes = (bytes - _started.Bytes) / (double)Math.Max(_screens.Count, 1);
    }

    public void Dispose()
    {
        foreach (var screen in _screens)
        {
            screen.Dispose();
        }
    }

    private (long Messages, long Bytes) Sum() => (_screens.Sum(screen => screen.Messages), _screens.Sum(screen => screen.Bytes));
}
