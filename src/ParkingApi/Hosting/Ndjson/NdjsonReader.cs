using System.Buffers;
using System.IO.Pipelines;

namespace Parking.Api.Hosting.Ndjson;

/// <summary>Splits a body into lines (NDJSON). It never buffers more than one line and the bytes that arrived with it.</summary>
/// <remarks>
/// <see cref="TryRead"/> takes lines from the buffer. Only <see cref="FillAsync"/> waits for more, and releases what has been read.
/// </remarks>
internal sealed class NdjsonReader(PipeReader body)
{
    private const byte LineFeed = (byte)'\n';

    private ReadOnlySequence<byte> _buffer;

    /// <summary>
    /// How many bytes at the start of the buffer have no line feed. A line that arrives byte by byte is searched only once.
    /// </summary>
    private long _searched;
    private bool _hasRead;
    private bool _hasAll;
    private bool _isSkipping;

    /// <summary>The next line, if it is complete. Blank lines are skipped.</summary>
    /// <param name="maxBytes">A longer line is returned as soon as its length is known, without its content; its rest is skipped.</param>
    /// <param name="line">Valid until the next <see cref="FillAsync"/>.</param>
    public bool TryRead(int maxBytes, out NdjsonLine line)
    {
        line = default;
        while (!_isSkipping || Skip())
        {
            var end = FindLineFeed();
            var found = end is { } at ? _buffer.Slice(0, at) : _buffer;
            if (found.Length > maxBytes)
            {
                _isSkipping = true;
                line = new(default, IsTooLong: true);
                return true;
            }

            if (end is null && !(_hasAll && found.Length > 0))
            {
                return false;
            }

            Consume(end);
            if (!IsBlank(found))
            {
                line = new(found, IsTooLong: false);
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits for more of the body.</summary>
    /// <returns>False if there is no more. The body is then released, as by <see cref="Stop"/>.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_hasAll)
        {
            // Whoever reads the rest of the body next, such as the server, may not find it still in use.
            Stop();
            return false;
        }

        if (_hasRead)
        {
            body.AdvanceTo(_buffer.Start, _buffer.End);
        }

        var result = await body.ReadAsync(cancellationToken);
        (_buffer, _hasAll, _hasRead) = (result.Buffer, result.IsCompleted, true);
        return true;
    }

    /// <summary>
    /// Releases the body before its end, so that the server can skip the rest. Lines that were read become invalid.
    /// </summary>
    public void Stop()
    {
        if (_hasRead)
        {
            body.AdvanceTo(_buffer.End);
            _hasRead = false;
        }
    }

    /// <summary>Skips a line to its end; false if the end has not arrived yet.</summary>
    private bool Skip()
    {
        var end = FindLineFeed();
        Consume(end);
        _isSkipping = end is null;
        return !_isSkipping;
    }

    private SequencePosition? FindLineFeed()
    {
        var end = _buffer.Slice(_searched).PositionOf(LineFeed);
        _searched = end is null ? _buffer.Length : _searched;
        return end;
    }

    /// <summary>Continues after a line feed, or after the whole buffer.</summary>
    private void Consume(SequencePosition? lineFeed)
    {
        _buffer = _buffer.Slice(lineFeed is { } at ? _buffer.GetPosition(1, at) : _buffer.End);
        _searched = 0;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A line of a body.</summary>
/// <param name="Bytes">The line without its line feed; empty if it is too long.</param>
/// <param name="IsTooLong">Whether the line was longer than allowed.</param>
internal readonly record struct NdjsonLine(ReadOnlySequence<byte> Bytes, bool IsTooLong);
