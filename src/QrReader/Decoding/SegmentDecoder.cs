using System.Collections.Immutable;
using Parking.QrReader.Decoding.CharacterSets;

namespace Parking.QrReader.Decoding;

/// <summary>
/// Decodes the data codewords of a symbol: numeric, alphanumeric, byte, Kanji and Hanzi segments, ECI, FNC1 and structured append (ISO/IEC
/// 18004, section 7.4; Hanzi: GB/T 18284).
/// </summary>
/// <remarks>
/// <para>A truncated, unknown or invalid segment (a digit group of 1000) makes the whole symbol invalid, because a part of a text would be
/// a wrong text. Two deviations of some encoders are accepted, because they are unambiguous: data after a terminator, and a missing
/// terminator before the padding.</para>
/// <para>Bytes have the character set that the symbol names (ECI). <see cref="SegmentPayload.ToText"/> says what happens if it names
/// none.</para>
/// </remarks>
internal sealed class SegmentDecoder
{
    private static readonly string[] SymbologyIdentifiers = ["]Q1", "]Q2", "]Q3", "]Q4", "]Q5", "]Q6"];

    private readonly SegmentPayload _payload = new();
    private int _sizeClass;
    private SymbolPart? _part;
    private bool _hasEci;
    private Fnc1 _fnc1;

    private enum Mode
    {
        Terminator = 0,
        Numeric = 1,
        Alphanumeric = 2,
        StructuredAppend = 3,
        Byte = 4,
        Fnc1First = 5,
        Eci = 7,
        Kanji = 8,
        Fnc1Second = 9,
        Hanzi = 13,
    }

    private enum Fnc1
    {
        None = 0,
        First = 1,
        Second = 2,
    }

    /// <summary>Decodes data codewords. Returns null if they are not a text, or an empty text: blank areas decode to one.</summary>
    public SymbolContent? Decode(ReadOnlySpan<byte> data, int version)
    {
        _sizeClass = version < 10 ? 0 : version < 27 ? 1 : 2;
        _part = null;
        _hasEci = false;
        _fnc1 = Fnc1.None;
        _payload.Clear();
        if (!TryReadSegments(new BitReader(data)) || _payload.ToText() is not { } text)
        {
            return null;
        }
        var identifier = SymbologyIdentifiers[(2 * (int)_fnc1) + (_hasEci ? 1 : 0)];
        return new SymbolContent(text, ImmutableArray.Create(_payload.Bytes), _part, identifier);
    }

    private bool TryReadSegments(BitReader bits)
    {
        // The terminator is truncated or missing if the data fill the symbol.
        while (!IsPadding(bits) && bits.TryRead(4, out var mode) && mode != (int)Mode.Terminator)
        {
            var understood = (Mode)mode switch
            {
                Mode.Numeric => TryReadNumeric(ref bits),
                Mode.Alphanumeric => TryReadAlphanumeric(ref bits),
                Mode.StructuredAppend => TryReadPart(ref bits),
                Mode.Byte => TryReadBytes(ref bits),
                Mode.Fnc1First => TrySetFnc1(Fnc1.First),
                Mode.Fnc1Second => TrySetFnc1(Fnc1.Second) && TryReadApplicationIndicator(ref bits),
                Mode.Eci => TryReadEci(ref bits),
                Mode.Kanji => TryReadKanji(ref bits),
                Mode.Hanzi => TryReadHanzi(ref bits),
                _ => false,
            };
            if (!understood)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>
    /// Whether the rest is padding (section 7.4.10): zeros up to the next byte, then 0xEC and 0x11 alternately. No segment looks like
    /// padding: read as segments, padding is unknown, or longer than any symbol.
    /// </summary>
    private static bool IsPadding(BitReader bits)
    {
        var rest = bits.WholeBytesLeft;
        bits.TryRead(-bits.Position & 7, out var gap);
        if (gap != 0 || rest.IsEmpty)
        {
            return false;
        }
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] != (i % 2 == 0 ? 0xEC : 0x11))
            {
                return false;
            }
        }
        return true;
    }

    private bool TryReadNumeric(ref BitReader bits)
    {
        if (!bits.TryRead(10 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        for (; count > 0; count -= 3)
        {
            var digits = Math.Min(3, count);
            if (!bits.TryRead((digits * 3) + 1, out var number) || number >= (digits == 3 ? 1000 : digits == 2 ? 100 : 10))
            {
                return false;
            }
            for (var divisor = digits == 3 ? 100 : digits == 2 ? 10 : 1; divisor > 0; divisor /= 10)
            {
                _payload.AddAscii((byte)('0' + (number / divisor % 10)));
            }
        }
        return true;
    }

    private bool TryReadAlphanumeric(ref BitReader bits)
    {
        var alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"u8;
        if (!bits.TryRead(9 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        var start = _payload.Bytes.Length;
        for (; count >= 2; count -= 2)
        {
            if (!bits.TryRead(11, out var pair) || pair >= alphabet.Length * alphabet.Length)
            {
                return false;
            }
            _payload.AddAscii(alphabet[pair / alphabet.Length]);
            _payload.AddAscii(alphabet[pair % alphabet.Length]);
        }
        if (count == 1)
        {
            if (!bits.TryRead(6, out var last) || last >= alphabet.Length)
            {
                return false;
            }
            _payload.AddAscii(alphabet[last]);
        }
        if (_fnc1 != Fnc1.None)
        {
            _payload.ReplacePercentSigns(start);
        }
        return true;
    }

    private bool TryReadBytes(ref BitReader bits)
    {
        if (!bits.TryRead(_sizeClass == 0 ? 8 : 16, out var count) || bits.Remaining < count * 8)
        {
            return false;
        }
        for (; count > 0; count--)
        {
            bits.TryRead(8, out var value);
            _payload.Add((byte)value);
        }
        return true;
    }

    /// <summary>
    /// Reads characters of JIS X 0208, 13 bits each: Shift-JIS 81-40 to 9F-FC and E0-40 to EB-BF without gaps (section 7.4.6).
    /// </summary>
    private bool TryReadKanji(ref BitReader bits)
    {
        if (!bits.TryRead(8 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        for (; count > 0; count--)
        {
            if (!bits.TryRead(13, out var value))
            {
                return false;
            }
            var pair = ((value / 0xC0) << 8) + (value % 0xC0);
            _payload.AddPair(pair + (pair < 0x1F00 ? 0x81_40 : 0xC1_40), EciCharacterSets.ShiftJis);
        }
        return true;
    }

    /// <summary>Reads characters of GB 2312, 13 bits each: A1-A1 to AA-FE and B0-A1 to FA-FE without gaps (GB/T 18284, subset 1).</summary>
    private bool TryReadHanzi(ref BitReader bits)
    {
        if (!bits.TryRead(4, out var subset) || subset != 1 || !bits.TryRead(8 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        for (; count > 0; count--)
        {
            if (!bits.TryRead(13, out var value))
            {
                return false;
            }
            var pair = ((value / 0x60) << 8) + (value % 0x60);
            _payload.AddPair(pair + (pair < 0x0A00 ? 0xA1_A1 : 0xA6_A1), EciCharacterSets.Gb2312);
        }
        return true;
    }

    /// <summary>Reads index, number of symbols minus one, and parity (section 8.2). A symbol has at most one such header.</summary>
    private bool TryReadPart(ref BitReader bits)
    {
        if (_part is not null || !bits.TryRead(16, out var value))
        {
            return false;
        }
        var part = new SymbolPart(value >> 12, ((value >> 8) & 0xF) + 1, (byte)value);
        _part = part;
        return part.Index < part.Count;
    }

    private bool TrySetFnc1(Fnc1 position)
    {
        var isNew = _fnc1 == Fnc1.None;
        _fnc1 = position;
        return isNew;
    }

    /// <summary>
    /// Reads two digits, or a letter coded as its ASCII value plus 100 (section 7.4.8.3). The transmitted data begin with it.
    /// </summary>
    private bool TryReadApplicationIndicator(ref BitReader bits)
    {
        if (!bits.TryRead(8, out var indicator))
        {
            return false;
        }
        if (indicator < 100)
        {
            _payload.AddAscii((byte)('0' + (indicator / 10)));
            _payload.AddAscii((byte)('0' + (indicator % 10)));
            return true;
        }
        if (!char.IsAsciiLetter((char)(indicator - 100)))
        {
            return false;
        }
        _payload.AddAscii((byte)(indicator - 100));
        return true;
    }

    /// <summary>Reads the character set of the bytes that follow (section 7.4.2).</summary>
    private bool TryReadEci(ref BitReader bits)
    {
        _hasEci = true;
        return TryReadEciDesignator(ref bits, out var number) && _payload.TryNameSet(number);
    }

    /// <summary>Reads a number of one, two or three bytes, which begin with the bits 0, 10 and 110 (table 4).</summary>
    private static bool TryReadEciDesignator(ref BitReader bits, out int number)
    {
        if (!bits.TryRead(8, out number))
        {
            return false;
        }
        var (own, more) = number switch
        {
            < 0x80 => (number, 0),
            < 0xC0 => (number & 0x3F, 8),
            < 0xE0 => (number & 0x1F, 16),
            _ => (-1, 0),
        };
        if (own < 0 || !bits.TryRead(more, out var rest))
        {
            return false;
        }
        number = (own << more) | rest;
        return true;
    }
}
