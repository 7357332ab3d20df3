using System.Buffers;
using System.IO.Pipelines;

namespace Parking.Api.Hosting.Ndjson;

/// <summary>Cuts a body into lines (NDJSON) without ever holding more of it than one line and what came along with it.</summary>
/// <remarks>Lines are cut from what is there by <see cref="TryRead"/>; only <see cref="FillAsync"/> waits for more, and gives back what has been read.</remarks>
internal sealed class NdjsonReader(PipeReader body)
{
    private const byte LineFeed = (byte)'\n';

    private ReadOnlySequence<byte> _buffer;

    /// <summary>How many bytes from the start of the buffer on are known to have no line feed: a line that comes byte by byte is searched once.</summary>
    private long _searched;
    private bool _hasRead;
    private bool _hasAll;
    private bool _isSkipping;

    /// <summary>The next line, if all of it is there. Blank ones are passed over.</summary>
    /// <param name="maxBytes">A longer line comes as soon as that is known, without its content; the rest of it is passed over.</param>
    /// <param name="line">Good until the next <see cref="FillAsync"/>.</param>
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
    /// <returns>False if there is no more.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_hasAll)
        {
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

    /// <summary>Lets go of the body before its end; lines that were read are no longer good. The server could not pass over the rest otherwise.</summary>
    public void Stop()
    {
        if (_hasRead)
        {
            body.AdvanceTo(_buffer.End);
            _hasRead = false;
        }
    }

    /// <summary>Passes over a line to its end; false if that is not there yet.</summary>
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

    /// <summary>Goes on behind a line feed, or behind all that is there.</summary>
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
/// <param name="Bytes">Without its line feed; empty if it is too long.</param>
/// <param name="IsTooLong">Whether it was longer than allowed.</param>
internal readonly record struct NdjsonLine(ReadOnlySequence<byte> Bytes, bool IsTooLong);
