using Parking.QrReader.Decoding.CharacterSets;

namespace Parking.QrReader.Decoding;

/// <summary>The bytes of a symbol's segments, each with its character set, and the text they decode to.</summary>
/// <remarks>
/// Segments are joined before they are decoded, because encoders split texts where the mode changes, not where characters end: the second
/// byte of a Shift-JIS character can be a letter in an alphanumeric segment.
/// </remarks>
internal sealed class SegmentPayload
{
    /// <summary>The capacity of the largest symbol in characters: version 40 at level L holds 7,089 digits.</summary>
    private const int MaxLength = BlockStructure.MaxDataCount * 8 * 3 / 10;

    private const byte GroupSeparator = 0x1D;
    private const char ByteOrderMark = '\uFEFF';
    private const int MostLatin1Run = 2;

    private readonly byte[] _bytes = new byte[MaxLength];

    /// <summary>The ECI number of each byte's character set, or <see cref="EciCharacterSets.Unnamed"/>.</summary>
    private readonly byte[] _sets = new byte[MaxLength];

    private readonly char[] _chars = new char[MaxLength];
    private int _length;
    private byte _set;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        _set = EciCharacterSets.Unnamed;
    }

    /// <summary>Sets the character set of the bytes added from now on. Returns false if the ECI number is not supported.</summary>
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

    /// <summary>Adds an ASCII character. It has the current character set, unless that is UTF-16, which has no single bytes.</summary>
    public void AddAscii(byte value) =>
        Add(value, _set is EciCharacterSets.Utf16BigEndian or EciCharacterSets.Utf16LittleEndian ? EciCharacterSets.Ascii : _set);

    public void AddPair(int pair, byte set)
    {
        Add((byte)(pair >> 8), set);
        Add((byte)pair, set);
    }

    /// <summary>In FNC1 symbols, % means the group separator and %% means % (section 7.4.8.2).</summary>
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

    /// <summary>Decodes the text; null if there is none, or if bytes are not valid in their character set.</summary>
    /// <remarks>
    /// <para>Bytes of no named set are UTF-8 if they are valid UTF-8. Otherwise they are ISO/IEC 8859-1, the standard's default, if they
    /// look like a Western European language: no control characters, and at most two characters beyond ASCII in a row. Otherwise they are
    /// Shift-JIS, the default of the standard's first edition.</para>
    /// <para>Of 35 mixed photographs, one is read only with UTF-8 and 11 only with Shift-JIS. No photograph needs another set.</para>
    /// </remarks>
    public string? ToText() => Decode(EciCharacterSets.Utf8) ?? (LegacySet() is { } set ? Decode(set) : null);

    /// <summary>Decodes the text, with one character set for all bytes of no named set.</summary>
    private string? Decode(byte unnamed)
    {
        var count = 0;
        for (int start = 0, end; start < _length; start = end)
        {
            end = EndOfRun(start);
            var set = EciCharacterSets.Find(_sets[start] == EciCharacterSets.Unnamed ? unnamed : _sets[start])!;
            var written = set.Decode(_bytes.AsSpan(start, end - start), _chars.AsSpan(count));
            if (written < 0)
            {
                return null;
            }
            count += written;
        }

        // A byte order mark is not part of the text.
        var text = _chars.AsSpan(0, count).TrimStart(ByteOrderMark);
        return text.IsEmpty ? null : new string(text);
    }

    private void Add(byte value, byte set)
    {
        _bytes[_length] = value;
        _sets[_length] = set;
        _length++;
    }

    /// <summary>The character set of unnamed bytes that are not UTF-8; null for binary data, which have control characters.</summary>
    private byte? LegacySet()
    {
        var run = 0;
        var isLatin1 = true;
        for (var i = 0; i < _length; i++)
        {
            if (_sets[i] != EciCharacterSets.Unnamed)
            {
                continue;
            }
            var value = _bytes[i];
            if (value is < 0x09 or (> 0x0D and < 0x1C) or 0x7F)
            {
                return null;
            }
            run = value < 0x80 ? 0 : run + 1;
            isLatin1 &= run <= MostLatin1Run && value is not (>= 0x80 and <= 0x9F);
        }
        return isLatin1 ? EciCharacterSets.Latin1 : EciCharacterSets.ShiftJis;
    }

    private int EndOfRun(int start)
    {
        var length = _sets.AsSpan(start, _length - start).IndexOfAnyExcept(_sets[start]);
        return length < 0 ? _length : start + length;
    }
}
