using System.Buffers.Binary;
using System.Numerics;

namespace Parking.GateProgram.Journal;

/// <summary>
/// An append-only file of frames. Each frame has its length, a checksum, and the length of the file that was on the disk when the frame was
/// written. So a frame is either read completely or not at all.
/// </summary>
/// <remarks>
/// Integers are little-endian: length of the body (4 bytes), CRC-32C of everything after it (4), firm length (8), body. The firm length is
/// the length of the file at its last flush. It separates an incomplete last write from damage. If every readable frame after a bad one has
/// a firm length at or before the bad frame's start, the bad frame was never flushed and can be cut off. If one has a greater firm length,
/// the bad frame had been flushed, and the file is damaged.
/// </remarks>
internal sealed class FrameFile(IGateFile file, string description) : IDisposable
{
    public const int HeaderSize = 16;

    private const int ChecksumOffset = 4, FirmOffset = 8, LongestBody = 16 << 20;

    private long _firm;
    private byte[] _buffer = [];

    public long Length { get; private set; }

    /// <summary>Reads all frames of an existing file and cuts off an incomplete last write.</summary>
    /// <param name="visit">Called with each body. The bytes are valid only during the call.</param>
    /// <param name="hasFirstFrame">
    /// Whether the first frame was on the disk before the file got its name. Then a file without one is no incomplete write.
    /// </param>
    /// <exception cref="JournalDamagedException">A frame that had been flushed is damaged or missing. The file is as it was.</exception>
    public void Recover(FrameVisitor visit, bool hasFirstFrame = false)
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
        if (offset == 0 && hasFirstFrame)
        {
            throw new JournalDamagedException(description, 0, "It does not begin like a journal.");
        }
        if (offset < all.Length)
        {
            RequireTorn(all, offset);
            file.Truncate(offset);
            file.Flush();
        }
        (Length, _firm) = (offset, offset);
    }

    /// <summary>Appends a frame. Without a flush, a power cut may lose it and everything after it.</summary>
    /// <returns>The offset of its body.</returns>
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
            // Long inventories are rare. A process with a thousand gates does not keep a large buffer for each.
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

    /// <summary>Whether a whole frame begins at an offset.</summary>
    public static bool TryRead(ReadOnlySpan<byte> all, int offset, out int size)
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

/// <summary>Called with one frame.</summary>
/// <param name="offset">The offset of its body in the file.</param>
/// <param name="body">The body.</param>
internal delegate void FrameVisitor(long offset, ReadOnlySpan<byte> body);

/// <summary>CRC-32C (RFC 3720, appendix B.4). Processors have an instruction for it.</summary>
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

/// <summary>Flushed data is missing or changed. The message names file and offset. The files were not changed.</summary>
internal sealed class JournalDamagedException(string file, long offset, string what) : IOException($"{file}, offset {offset}: {what}");
