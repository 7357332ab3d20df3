using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Recording;

/// <summary>Reads a recording as a service writes it: a first line with start and city, then one line for each event.</summary>
internal sealed class RecordingReader : IAsyncDisposable
{
    private const int Format = 1;

    private readonly Stream _stream;
    private readonly Stream? _copy;
    private readonly TraceLines _lines;

    private RecordingReader(Stream stream, Stream? copy, TraceLines lines, Instant starts, TraceCity city) =>
        (_stream, _copy, _lines, Starts, City) = (stream, copy, lines, starts, city);

    /// <summary>The start of the recording, by the service's clock.</summary>
    public Instant Starts { get; }

    /// <summary>The city of the recording.</summary>
    public TraceCity City { get; }

    /// <summary>Reads the first line.</summary>
    /// <param name="stream">The recording; closed with the reader.</param>
    /// <param name="copy">Receives every line as it arrives; null for no copy. Closed with the reader.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TraceException">It is not a recording, or this version cannot read it.</exception>
    public static async Task<RecordingReader> OpenAsync(Stream stream, Stream? copy, CancellationToken cancellationToken)
    {
        var lines = new TraceLines(stream);
        var first = await lines.NextAsync(TraceFormat.MaxHeaderBytes, cancellationToken)
            ?? throw new TraceException(1, "", "the recording is empty");
        try
        {
            var header = JsonSerializer.Deserialize<Header>(first.Span, ClientJson.Options);
            if (header is not { Recording: Format })
            {
                throw new TraceException(1, "recording", $"this program reads recordings of format {Format}");
            }
            Write(copy, first.Span);
            return new(stream, copy, lines, header.Starts, new TraceCity(header.City, header.Files));
        }
        catch (Exception error) when (error is JsonException or SettingsException)
        {
            throw new TraceException(1, "", "not the first line of a recording", error);
        }
    }

    /// <summary>Returns the lines as they arrive. May be called once.</summary>
    /// <param name="patience">The longest wait for a line.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TraceException">A line is not as this version expects.</exception>
    /// <exception cref="IOException">The connection was lost, or no line came in time.</exception>
    public async IAsyncEnumerable<RecordedLine> ReadAsync(
        TimeSpan patience, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(patience, time, cancellationToken) is { } line)
        {
            Write(_copy, line.Span);
            yield return Parse(line.Span);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (_copy is not null)
        {
            await _copy.DisposeAsync();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> NextAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.NextAsync(TraceFormat.MaxLineBytes, cancellationToken).AsTask().WaitAsync(
                patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new IOException(
                $"No line came for {patience.TotalSeconds:0} seconds, although a service sends one at least every 15.");
        }
    }

    private RecordedLine Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<RecordedLine>(line, ClientJson.Options)!;
        }
        catch (JsonException error)
        {
            throw new TraceException(_lines.Number, "", "not a line of a recording, or cut off", error);
        }
    }

    private static void Write(Stream? copy, ReadOnlySpan<byte> line)
    {
        copy?.Write(line);
        copy?.Write("\n"u8);
    }

    private sealed record Header(int Recording, Instant Starts, JsonElement City, IReadOnlyDictionary<string, JsonElement> Files);
}
