using System.Net.WebSockets;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Load;

/// <summary>
/// A connection that hears what a console's page of the whole city hears, and only counts it: many of them cost this process little, so
/// that what they cost the service can be measured on the same machine. It speaks the JSON hub protocol as the page does: without
/// negotiation, one subscription, an answer to each ping.
/// </summary>
internal sealed class LoadScreen : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const byte End = 0x1e;

    private static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, End];
    private static readonly byte[] Subscription =
        [.. """{"type":1,"invocationId":"1","target":"Subscribe","arguments":["city"]}"""u8, End];
    private static readonly byte[] Ping = [.. """{"type":6}"""u8, End];

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[BufferSize];
    private long _bytes;
    private long _messages;

    private LoadScreen()
    {
    }

    /// <summary>Bytes received.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages received, whatever they say.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Connects and subscribes. What comes is taken by <see cref="ListenAsync"/>.</summary>
    /// <param name="service">The service's address.</param>
    /// <param name="token">An operator's token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceRefusedException">There is no connection.</exception>
    public static async Task<LoadScreen> OpenAsync(Uri service, string token, CancellationToken cancellationToken)
    {
        var screen = new LoadScreen();
        try
        {
            var hub = new UriBuilder(new Uri(service, "/hubs/occupancy")) { Scheme = service.Scheme == "https" ? "wss" : "ws" };
            screen._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            screen._socket.Options.Proxy = null;
            await screen._socket.ConnectAsync(hub.Uri, cancellationToken);
            await screen.SendAsync(Handshake, cancellationToken);
            await screen.SendAsync(Subscription, cancellationToken);
            return screen;
        }
        catch (WebSocketException error)
        {
            screen.Dispose();
            throw new ServiceRefusedException($"A screen's connection to /hubs/occupancy: {error.Message}", error);
        }
        catch
        {
            screen.Dispose();
            throw;
        }
    }

    /// <summary>Counts what comes, until cancelled.</summary>
    /// <exception cref="ServiceRefusedException">The service has ended the connection.</exception>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        // A ping may come in two pieces: what could be its beginning stays before what comes next.
        var kept = Ping.Length - 1;
        while (true)
        {
            int count;
            try
            {
                count = (await _socket.ReceiveAsync(_buffer.AsMemory(kept), cancellationToken)).Count;
            }
            catch (WebSocketException error)
            {
                throw new ServiceRefusedException($"A screen has lost its connection: {error.Message}", error);
            }
            if (_socket.State != WebSocketState.Open)
            {
                throw new ServiceRefusedException($"The service has ended a screen's connection: {_socket.CloseStatusDescription}");
            }
            Interlocked.Add(ref _bytes, count);
            Interlocked.Add(ref _messages, _buffer.AsSpan(kept, count).Count(End));
            if (_buffer.AsSpan(0, kept + count).IndexOf(Ping) >= 0)
            {
                await SendAsync(Ping, cancellationToken);
            }
            _buffer.AsSpan(count, kept).CopyTo(_buffer);
        }
    }

    public void Dispose() => _socket.Dispose();

    private ValueTask SendAsync(byte[] record, CancellationToken cancellationToken) =>
        _socket.SendAsync(record.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
