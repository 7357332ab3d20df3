using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Parking.GateProgram;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Operators;

/// <summary>
/// An operator's live view of the city over SignalR. It subscribes again in another epoch of the store and after a lost connection.
/// </summary>
internal sealed class OperatorScreen : IAsyncDisposable
{
    private const string CityScope = "city";

    private readonly HubConnection _hub;
    private readonly SemaphoreSlim _resubscribing = new(1);

    /// <param name="baseAddress">The service's address.</param>
    /// <param name="token">Makes a bearer token of the operator, for each connection a new one.</param>
    public OperatorScreen(Uri baseAddress, Func<string> token)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(baseAddress, "/hubs/occupancy"), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(token());
                options.Proxy = baseAddress.IsLoopback ? null : options.Proxy;
            })
            .WithAutomaticReconnect()
            .AddJsonProtocol(options => ClientJson.Configure(options.PayloadSerializerOptions))
            .Build();
        _hub.On<OccupancyUpdate>("Snapshot", Feed.TakeAll);
        _hub.On<OccupancyUpdate>("Changed", TakeAsync);
        _hub.Reconnected += _ =>
        {
            Feed.Doubt();
            return SubscribeAsync(CancellationToken.None);
        };
    }

    public OccupancyFeed Feed { get; } = new();

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="ServiceRefusedException">The hub refuses the operator.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _hub.StartAsync(cancellationToken);
            await SubscribeAsync(cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or Microsoft.AspNetCore.SignalR.HubException)
        {
            throw new ServiceRefusedException($"The operator's connection to /hubs/occupancy: {error.Message}", error);
        }
    }

    /// <summary>Requests a snapshot by subscribing again.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => SubscribeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _resubscribing.Dispose();
    }

    private Task SubscribeAsync(CancellationToken cancellationToken) => _hub.InvokeAsync("Subscribe", CityScope, cancellationToken);

    private async Task TakeAsync(OccupancyUpdate changes)
    {
        // Several messages may come before the snapshot that was asked for.
        if (!Feed.Take(changes) && await _resubscribing.WaitAsync(TimeSpan.Zero))
        {
            // Not awaited: the snapshot arrives through the queue that this handler blocks.
            _ = ResubscribeAsync();
        }
    }

    private async Task ResubscribeAsync()
    {
        try
        {
            await _hub.SendAsync("Subscribe", CityScope);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or TaskCanceledException)
        {
            // The connection is lost. Reconnecting subscribes again.
        }
        finally
        {
            _resubscribing.Release();
        }
    }
}
