using System.Runtime.CompilerServices;
using NodaTime;

namespace Parking.Simulation.Traces;

/// <summary>
/// Reads a trace as a stream: the header, then one event after the other. It keeps one line in memory, whatever the size of the trace.
/// </summary>
internal sealed class TraceReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TraceLines _lines;

    private TraceReader(Stream stream, TraceLines lines, TraceHeader header)
    {
        _stream = stream;
        _lines = lines;
        Header = header;
    }

    public TraceHeader Header { get; }

    /// <summary>Opens a file, decompresses it if its name ends in <c>.gz</c>, and reads the header.</summary>
    /// <exception cref="TraceException">The file is not a trace.</exception>
    public static Task<TraceReader> OpenAsync(string path, CancellationToken cancellationToken) =>
        OpenAsync(TraceFile.OpenRead(path), cancellationToken);

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The trace; closed with the reader.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TraceException">The stream is not a trace.</exception>
    public static async Task<TraceReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            var lines = new TraceLines(stream);
            var first = await lines.NextAsync(TraceFormat.MaxHeaderBytes, cancellationToken)
                ?? throw new TraceException(1, "", "the file is empty");
            return new TraceReader(stream, lines, TraceHeaderReader.Read(first));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The events in their order. May be called once.</summary>
    /// <exception cref="TraceException">A line is not an event of this trace, or is out of order.</exception>
    public async IAsyncEnumerable<TraceEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new TraceEventReader(Header.City.Plan, Header.Format);
        var (latest, scans, events) = (Header.Starts, 0L, 0L);
        while (await _lines.NextAsync(TraceFormat.MaxLineBytes, cancellationToken) is { } line)
        {
            var next = reader.Read(line.Span, _lines.Number);
            CheckTime(next.At, latest, events == 0);
            latest = next.At;
            events++;
            scans += next is TraceScan ? 1 : 0;
            yield return next;
        }
        CheckCount("events", Header.Events, events);
        CheckCount("scans", Header.Scans, scans);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private void CheckTime(Instant at, Instant latest, bool isFirst)
    {
        if (at < latest)
        {
            throw new TraceException(_lines.Number, "at", isFirst ? "before the header's starts" : "before the line above");
        }
        if (at > Header.Ends)
        {
            throw new TraceException(_lines.Number, "at", "after the header's ends");
        }
    }

    /// <summary>Compares a count with the header. A file that was cut off at the end of a line can be recognised only by this.</summary>
    private void CheckCount(string member, long? said, long found)
    {
        if (said is { } expected && expected != found)
        {
            throw new TraceException(_lines.Number, "", $"the trace ends here, with {found:N0} {member}; its header says {expected:N0}");
        }
    }
}
