using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Tariffs;

/// <summary>One HTTP/1.1 call that reads the answer while it sends the body, which .NET's own client does not do on this version.</summary>
internal sealed class DuplexCall : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = Patience.Start();
    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private readonly StreamReader _answer;
    private bool _hasHead;
    private string _rest = "";

    private DuplexCall(TcpClient connection)
    {
        _connection = connection;
        _stream = connection.GetStream();

        // Everything that is sent and expected here is ASCII: a character is a byte.
        _answer = new StreamReader(_stream, Encoding.Latin1);
    }

    private CancellationToken Cancellation => _patience.Token;

    public static async Task<DuplexCall> PostAsync(ParkingApplication app, string path, string mediaType)
    {
        using var client = app.CitizenClient("alice-310101");
        var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port, TestContext.Current.CancellationToken);
        var call = new DuplexCall(connection);
        await call.WriteAsync(
            $"POST {path} HTTP/1.1\r\nHost: {client.BaseAddress.Authority}\r\nAuthorization: "
                + $"{client.DefaultRequestHeaders.Authorization}\r\n"
            + $"Content-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        return call;
    }

    /// <summary>Sends a part of the body.</summary>
    public Task SendAsync(string part) => WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n{part}\r\n"));

    /// <summary>Ends the body.</summary>
    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Sends what is no part of a body.</summary>
    public Task BreakAsync() => WriteAsync("no chunk\r\n");

    /// <summary>The next line of the answer's body; null at its end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        if (!_hasHead)
        {
            await ReadHeadAsync();
        }

        while (true)
        {
            if (_rest.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
            {
                var line = _rest[..end];
                _rest = _rest[(end + 1)..];
                return line;
            }

            if (await ReadChunkAsync() is not { Length: > 0 } chunk)
            {
                return null;
            }

            _rest += chunk;
        }
    }

    public ValueTask DisposeAsync()
    {
        _answer.Dispose();
        _connection.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadHeadAsync()
    {
        Assert.Equal("HTTP/1.1 200 OK", await _answer.ReadLineAsync(Cancellation));
        while (await _answer.ReadLineAsync(Cancellation) is { Length: > 0 })
        {
        }

        _hasHead = true;
    }

    private async Task<string> ReadChunkAsync()
    {
        var length = int.Parse((await _answer.ReadLineAsync(Cancellation))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = new char[length + 2];
        await _answer.ReadBlockAsync(chunk, Cancellation);
        return new string(chunk, 0, length);
    }

    private async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);
}
