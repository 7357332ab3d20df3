using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Traces.Recording;

/// <summary>Reads a recording as a service writes it: since when and where, then line by line.</summary>
internal sealed class RecordingReader : IAsyncDisposable
{
    private const int Format = 1;

    private readonly Stream _stream;
    private readonly Stream? _copy;
    private readonly TraceLines _lines;

    private RecordingReader(Stream stream, Stream? copy, TraceLines lines, Instant starts, TraceCity city) =>
        (_stream, _copy, _lines, Starts, City) = (stream, copy, lines, starts, city);

    /// <summary>Since when, by the service.</summary>
    public Instant Starts { get; }

    /// <summary>Where.</summary>
    public TraceCity City { get; }

    /// <summary>Reads the first line.</summary>
    /// <param name="stream">The recording; closed with the reader.</param>
    /// <param name="copy">Gets every line as it comes; null: none. Closed with the reader.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TraceException">It is no recording, or one that this version cannot read.</exception>
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
                throw new TraceException(1, "recording", $"this program reads recordings of number {Format}");
            }
            Write(copy, first.Span);
            return new(stream, copy, lines, header.Starts, new TraceCity(header.City, header.Files));
        }
        catch (Exception error) when (error is JsonException or SettingsException)
        {
            throw new TraceException(1, "", "not the first line of a recording", error);
        }
    }

    /// <summary>The lines as they come. To be read once.</summary>
    /// <param name="patience">How long to wait for one.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TraceException">A line is not what this version expects.</exception>
    /// <exception cref="IOException">The connection broke, or no line came in time.</exception>
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
                $"Nothing was heard for {patience.TotalSeconds:0} seconds, where a service says every 15 that nothing has happened.");
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
