using System.Buffers.Binary;
using System.Numerics;

namespace Parking.GateProgram.Journal;

/// <summary>
/// A file of frames that only grows. A frame is there whole or not at all: it has its length, a checksum, and what of the file was on the
/// disk when it was written.
/// </summary>
/// <remarks>
/// Integers are little-endian: length of the body (4 bytes), CRC-32C of all that follows it (4), firm length (8), body. The firm length
/// tells a torn end from damage: where a bad frame begins at or behind every later frame's firm length, its flush never came back and
/// nobody was told of it; before one, it had been on the disk.
/// </remarks>
internal sealed class FrameFile(IGateFile file, string description) : IDisposable
{
    public const int HeaderSize = 16;

    private const int ChecksumOffset = 4, FirmOffset = 8, LongestBody = 16 << 20;

    private long _firm;
    private byte[] _buffer = [];

    public long Length { get; private set; }

    /// <summary>Goes through the frames of an existing file, and cuts off a torn end.</summary>
    /// <param name="visit">Given each body's place and bytes, which are only good during the call.</param>
    /// <exception cref="JournalDamagedException">A frame that had been on the disk is damaged.</exception>
    public void Recover(FrameVisitor visit)
    {
        var bytes = new byte[checked((int)file.Length)];
        var read = file.Read(bytes, 0);
        ReadOnlySpan<byte> all = bytes.AsSpan(0, read);
        var offset = 0;
        while (TryRead(all, offset, out var size))
        {
            visit(offset + HeaderSize, all[(offset + HeaderSize)..(offset + size)]);
            offset += size;
        }
        if (offset < all.Length)
        {
            RequireTorn(all, offset);
            file.Truncate(offset);
            file.Flush();
        }
        (Length, _firm) = (offset, offset);
    }

    /// <summary>Adds a frame. Without a flush it may be gone after a power cut, together with all that comes after it.</summary>
    /// <returns>Where its body lies.</returns>
    public long Append(ReadOnlySpan<byte> body, bool flush)
    {
        var size = HeaderSize + body.Length;
        if (_buffer.Length < size)
        {
            _buffer = new byte[Math.Max(size, 512)];
        }
        var frame = _buffer.AsSpan(0, size);
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[FirmOffset..], _firm);
        body.CopyTo(frame[HeaderSize..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumOffset..], Checksum.Compute(frame[FirmOffset..]));
        file.Write(frame, Length);
        var at = Length + HeaderSize;
        Length += size;
        if (_buffer.Length > 8192)
        {
            // A long inventory is rare; a thousand gates in one process do not each keep room for one.
            _buffer = [];
        }
        if (flush)
        {
            Flush();
        }
        return at;
    }

    public void Flush()
    {
        file.Flush();
        _firm = Length;
    }

    public byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        return file.Read(bytes, offset) == length
            ? bytes
            : throw new JournalDamagedException(description, offset, "The file has become shorter.");
    }

    public void Dispose() => file.Dispose();

    private static bool TryRead(ReadOnlySpan<byte> all, int offset, out int size)
    {
        size = 0;
        var rest = all[offset..];
        if (rest.Length < HeaderSize)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > LongestBody || length > rest.Length - HeaderSize)
        {
            return false;
        }
        size = HeaderSize + length;
        return BinaryPrimitives.ReadUInt32LittleEndian(rest[ChecksumOffset..]) == Checksum.Compute(rest[FirmOffset..size]);
    }

    private void RequireTorn(ReadOnlySpan<byte> all, int bad)
    {
        for (var offset = bad + 1; offset < all.Length; offset++)
        {
            if (TryRead(all, offset, out _) && BinaryPrimitives.ReadInt64LittleEndian(all[(offset + FirmOffset)..]) > bad)
            {
                throw new JournalDamagedException(description, bad, "A record in the middle is damaged.");
            }
        }
    }
}

/// <summary>Sees one frame.</summary>
/// <param name="offset">Where its body lies in the file.</param>
/// <param name="body">The body.</param>
internal delegate void FrameVisitor(long offset, ReadOnlySpan<byte> body);

/// <summary>CRC-32C (RFC 3720, appendix B.4), which processors have as an instruction.</summary>
internal static class Checksum
{
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return ~crc;
    }
}

/// <summary>What was surely on the disk is not there as it was written. The message names file and offset; nothing was changed.</summary>
internal sealed class JournalDamagedException(string file, long offset, string what)
    : IOException($"{file}, offset {offset}: {what} The journal is left as it is: keep the folder for whoever repairs it, and give the "
        + $"gate a new one.");
