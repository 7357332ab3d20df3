using System.Net;
using System.Net.Sockets;

namespace Parking.Pages.Tests;

/// <summary>
/// What lies between a browser and the service: TCP connections, passed on as they are. While it is cut, the browser sees what it sees of
/// a killed service: its connections end, and new ones are refused.
/// </summary>
/// <param name="port">Where the browser connects to, on loopback.</param>
/// <param name="service">Where the service listens, on loopback.</param>
internal sealed class Line(int port, int service) : IAsyncDisposable
{
    private CancellationTokenSource? _cut;
    private Task _passing = Task.CompletedTask;

    /// <summary>Passes connections on from now, until it is cut.</summary>
    public void Mend()
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _cut = new();
        _passing = ListenAsync(listener, _cut.Token);
    }

    /// <summary>Ends all connections, and refuses new ones from now. A line that is cut stays cut.</summary>
    public async Task CutAsync()
    {
        if (_cut is { } cut)
        {
            await cut.CancelAsync();
            await _passing;
            cut.Dispose();
            _cut = null;
        }
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task ListenAsync(TcpListener listener, CancellationToken cut)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassOnAsync(await listener.AcceptSocketAsync(cut), cut));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }

        await Task.WhenAll(connections);
    }

    /// <summary>Ends both sides of a connection as soon as one of them has ended, or the service does not listen.</summary>
    private async Task PassOnAsync(Socket browser, CancellationToken cut)
    {
        await using var near = new NetworkStream(browser, ownsSocket: true);
        using var connection = new TcpClient { NoDelay = true };
        browser.NoDelay = true;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cut);
        try
        {
            await connection.ConnectAsync(IPAddress.Loopback, service, cut);
            var far = connection.GetStream();
            var (asking, answering) = (near.CopyToAsync(far, end.Token), far.CopyToAsync(near, end.Token));
            await Task.WhenAny(asking, answering);
            await end.CancelAsync();
            await Task.WhenAll(asking, answering);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side has ended, or the line was cut.
        }
    }
}
