namespace Parking.Simulation.Traces;

/// <summary>Splits a stream into lines. It keeps at most the longest allowed line in memory.</summary>
internal sealed class TraceLines(Stream stream)
{
    private const int ReadAtOnce = 128 * 1024;
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = new byte[ReadAtOnce];
    private int _start, _end;
    private bool _isEnded;

    /// <summary>The number of the last line read.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its line feed, valid until the next call; null at the end.</summary>
    /// <param name="maxBytes">The longest allowed line.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TraceException">The line is longer.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf(LineFeed);
            if (found >= 0 || (_isEnded && _end > _start))
            {
                var length = (found >= 0 ? searched + found : _end) - _start;
                Number++;
                CheckLength(length, maxBytes, Number);
                var line = _buffer.AsMemory(_start, length);
                _start = Math.Min(_start + length + 1, _end);
                return line;
            }
            if (_isEnded)
            {
                return null;
            }
            CheckLength(_end - _start, maxBytes, Number + 1);
            MakeRoom();
            searched = _end;
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _isEnded = read == 0;
            _end += read;
        }
    }

    private static void CheckLength(int length, int maxBytes, long number)
    {
        if (length > maxBytes)
        {
            throw new TraceException(number, "", $"longer than {maxBytes:N0} bytes");
        }
    }

    /// <summary>Moves unread bytes to the start of the buffer, and enlarges the buffer if they fill it.</summary>
    private void MakeRoom()
    {
        var left = _buffer.AsSpan(_start, _end - _start);
        var buffer = left.Length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        left.CopyTo(buffer);
        (_buffer, _start, _end) = (buffer, 0, left.Length);
    }
}
