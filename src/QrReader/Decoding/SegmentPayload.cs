using Parking.QrReader.Decoding.CharacterSets;

namespace Parking.QrReader.Decoding;

/// <summary>The bytes that the segments of a symbol carry, each with its character set, and the text that they are.</summary>
/// <remarks>
/// They are joined before they are decoded, because encoders split texts where their modes change, not where characters end: the second byte of a
/// Shift-JIS character can be a letter, and lie in an alphanumeric segment.
/// </remarks>
internal sealed class SegmentPayload
{
    /// <summary>No symbol carries more: version 40 at level L, all digits, is 7089.</summary>
    private const int MaxLength = BlockStructure.MaxDataCount * 8 * 3 / 10;

    private const byte GroupSeparator = 0x1D;
    private const char ByteOrderMark = '\uFEFF';

    private readonly byte[] _bytes = new byte[MaxLength];

    /// <summary>The ECI number of each byte's character set, or that no set is named.</summary>
    private readonly byte[] _sets = new byte[MaxLength];

    private readonly char[] _chars = new char[MaxLength];
    private readonly CharacterSetGuess _guess = new();
    private int _length;
    private byte _set;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        _set = EciCharacterSets.Unnamed;
    }

    /// <summary>Names the character set of what is added from here on; false where the number stands for none that is known.</summary>
    public bool TryNameSet(int eci)
    {
        if (EciCharacterSets.Find(eci) is null)
        {
            return false;
        }
        _set = (byte)eci;
        return true;
    }

    public void Add(byte value) => Add(value, _set);

    /// <summary>Adds a digit or a letter, which is a byte like others unless the set has no such bytes.</summary>
    public void AddAscii(byte value) => Add(value, _set is EciCharacterSets.Utf16BigEndian or EciCharacterSets.Utf16LittleEndian ? EciCharacterSets.Ascii : _set);

    public void AddPair(int pair, byte set)
    {
        Add((byte)(pair >> 8), set);
        Add((byte)pair, set);
    }

    /// <summary>In FNC1 symbols % stands for the group separator and %% for % (section 7.4.8.2).</summary>
    /// <param name="start">Where the alphanumeric segment begins.</param>
    public void ReplacePercentSigns(int start)
    {
        var kept = start;
        for (var i = start; i < _length; i++, kept++)
        {
            _sets[kept] = _sets[i];
            _bytes[kept] = _bytes[i];
            if (_bytes[i] != '%')
            {
                continue;
            }
            if (i + 1 < _length && _bytes[i + 1] == '%')
            {
                i++;
            }
            else
            {
                _bytes[kept] = GroupSeparator;
            }
        }
        _length = kept;
    }

    /// <summary>The text; null where there is none, or bytes are not of their character set.</summary>
    public string? ToText()
    {
        if (FindUnnamedSet() is not { } unnamed)
        {
            return null;
        }
        var count = 0;
        for (int start = 0, end; start < _length; start = end)
        {
            end = EndOfRun(start);
            var set = _sets[start] == EciCharacterSets.Unnamed ? unnamed : EciCharacterSets.Find(_sets[start])!;
            var written = set.Decode(_bytes.AsSpan(start, end - start), _chars.AsSpan(count));
            if (written < 0)
            {
                return null;
            }
            count += written;
        }

        // A signature of the encoding is no part of the text.
        var text = _chars.AsSpan(0, count).TrimStart(ByteOrderMark);
        return text.IsEmpty ? null : new string(text);
    }

    private void Add(byte value, byte set)
    {
        _bytes[_length] = value;
        _sets[_length] = set;
        _length++;
    }

    private CharacterSet? FindUnnamedSet()
    {
        var sets = _sets.AsSpan(0, _length);
        _guess.Begin(sets.Contains(EciCharacterSets.ShiftJis), sets.Contains(EciCharacterSets.Gb2312));
        for (int start = 0, end; start < _length; start = end)
        {
            end = EndOfRun(start);
            if (sets[start] == EciCharacterSets.Unnamed)
            {
                _guess.Add(_bytes.AsSpan(start, end - start));
            }
        }
        return _guess.Best();
    }

    private int EndOfRun(int start)
    {
        var length = _sets.AsSpan(start, _length - start).IndexOfAnyExcept(_sets[start]);
        return length < 0 ? _length : start + length;
    }
}
