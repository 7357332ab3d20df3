using System.Net.WebSockets;
using System.Text;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>A connection to a hub without SignalR's client: it has every record as it came over the WebSocket.</summary>
internal sealed class RawHubConnection : IDisposable
{
    private const char RecordEnd = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _records = [];
    private string _rest = "";
    private int _next;

    /// <summary>Everything heard so far, in order; the first answers the handshake.</summary>
    public IReadOnlyList<string> Records => _records;

    public static async Task<RawHubConnection> ConnectAsync(ParkingApplication app, string path, string token)
    {
        var raw = new RawHubConnection();
        raw._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var address = new UriBuilder(new Uri(app.ClientOptions.BaseAddress, path)) { Scheme = "ws" }.Uri;
        await raw._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        await raw.SendAsync("""{"protocol":"json","version":1}""");
        await raw.HearAsync("{}");
        return raw;
    }

    public async Task SendAsync(string record) => await _socket.SendAsync(
        Encoding.UTF8.GetBytes(record + RecordEnd), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next record that has this text. Those before it are passed over.</summary>
    public async Task<string> HearAsync(string text)
    {
        using var limit = Patience.Start();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            while (_next == _records.Count)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
                Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
                var parts = (_rest + Encoding.UTF8.GetString(buffer, 0, received.Count)).Split(RecordEnd);
                _records.AddRange(parts[..^1]);
                _rest = parts[^1];
            }

            if (_records[_next++] is var record && record.Contains(text, StringComparison.Ordinal))
            {
                return record;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
