using System.IO.Pipelines;
using System.Text.Json;

namespace Parking.Api.Hosting.Ndjson;

/// <summary>
/// Writes lines of JSON (NDJSON) to a pipe, which holds them until a flush. A flush waits while the receiver does not read.
/// </summary>
internal sealed class NdjsonWriter(PipeWriter output, JsonSerializerOptions options) : IAsyncDisposable
{
    public const string MediaType = "application/x-ndjson";

    private readonly Utf8JsonWriter _json = new(output, new() { Encoder = options.Encoder });
    private long _waiting;

    public void Write<T>(T line)
    {
        JsonSerializer.Serialize(_json, line, options);
        _json.Flush();
        _waiting += _json.BytesCommitted + 1;
        _json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    /// <summary>Sends the waiting bytes if there are at least <paramref name="leastBytes"/>.</summary>
    public async ValueTask FlushAsync(int leastBytes, CancellationToken cancellationToken)
    {
        if (_waiting >= leastBytes)
        {
            await output.FlushAsync(cancellationToken);
            _waiting = 0;
        }
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();
}
