using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Parking.QrReader.Decoding;

/// <summary>The text in a symbol's data: numeric, alphanumeric and byte segments, ECI and FNC1 (ISO/IEC 18004, section 7.4).</summary>
/// <remarks>
/// A text is given only where the symbol says what it is. Refused, because a guess could be wrong: bytes that are not UTF-8 in a symbol that
/// names no character set (the standard's default changed from JIS8 to Latin-1, and encoders use either), character sets other than
/// UTF-8, Latin-1 and ASCII, Kanji segments, and structured append (a part is not the text).
/// </remarks>
internal ref struct SegmentDecoder
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const byte GroupSeparator = 0x1D;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int _sizeClass;
    private readonly List<byte> _utf8 = [];
    private BitReader _bits;
    private bool _isFnc1;
    private bool _isLatin1;

    private SegmentDecoder(ReadOnlySpan<byte> data, int version)
    {
        _bits = new BitReader(data);
        _sizeClass = version < 10 ? 0 : version < 27 ? 1 : 2;
    }

    private enum Mode
    {
        Terminator = 0,
        Numeric = 1,
        Alphanumeric = 2,
        Byte = 4,
        Fnc1First = 5,
        Eci = 7,
        Fnc1Second = 9,
    }

    public static bool TryDecode(ReadOnlySpan<byte> data, int version, [NotNullWhen(true)] out string? text)
    {
        var decoder = new SegmentDecoder(data, version);
        text = decoder.TryReadSegments() ? decoder.ToText() : null;
        return text is not null;
    }

    private bool TryReadSegments()
    {
        // The terminator is cut short or left out where the data fill the symbol.
        while (_bits.TryRead(4, out var mode) && mode != (int)Mode.Terminator)
        {
            var understood = (Mode)mode switch
            {
                Mode.Numeric => TryReadNumeric(),
                Mode.Alphanumeric => TryReadAlphanumeric(),
                Mode.Byte => TryReadBytes(),
                Mode.Eci => TryReadEci(),
                Mode.Fnc1First => _isFnc1 = true,
                // The application indicator belongs to the symbology identifier, not to the text.
                Mode.Fnc1Second => _isFnc1 = _bits.TryRead(8, out _),
                _ => false,
            };
            if (!understood)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Null for bytes that are no text, and for no text at all: a blank area decodes to an empty symbol.</summary>
    private readonly string? ToText()
    {
        try
        {
            return _utf8.Count == 0 ? null : StrictUtf8.GetString([.. _utf8]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private bool TryReadNumeric()
    {
        if (!_bits.TryRead(10 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        for (; count > 0; count -= 3)
        {
            var digits = Math.Min(3, count);
            if (!_bits.TryRead((digits * 3) + 1, out var number) || number >= (digits == 3 ? 1000 : digits == 2 ? 100 : 10))
            {
                return false;
            }
            for (var divisor = digits == 3 ? 100 : digits == 2 ? 10 : 1; divisor > 0; divisor /= 10)
            {
                _utf8.Add((byte)('0' + (number / divisor % 10)));
            }
        }
        return true;
    }

    private bool TryReadAlphanumeric()
    {
        if (!_bits.TryRead(9 + (2 * _sizeClass), out var count))
        {
            return false;
        }
        var start = _utf8.Count;
        var radix = Alphanumeric.Length;
        for (; count >= 2; count -= 2)
        {
            if (!_bits.TryRead(11, out var pair) || pair >= radix * radix)
            {
                return false;
            }
            _utf8.Add((byte)Alphanumeric[pair / radix]);
            _utf8.Add((byte)Alphanumeric[pair % radix]);
        }
        if (count == 1)
        {
            if (!_bits.TryRead(6, out var last) || last >= radix)
            {
                return false;
            }
            _utf8.Add((byte)Alphanumeric[last]);
        }
        if (_isFnc1)
        {
            ReplacePercentSigns(start);
        }
        return true;
    }

    /// <summary>In FNC1 symbols % stands for the group separator and %% for % (section 7.4.8.2).</summary>
    private readonly void ReplacePercentSigns(int start)
    {
        for (var i = start; i < _utf8.Count; i++)
        {
            if (_utf8[i] != '%')
            {
                continue;
            }
            if (i + 1 < _utf8.Count && _utf8[i + 1] == '%')
            {
                _utf8.RemoveAt(i + 1);
            }
            else
            {
                _utf8[i] = GroupSeparator;
            }
        }
    }

    private bool TryReadBytes()
    {
        if (!_bits.TryRead(_sizeClass == 0 ? 8 : 16, out var count) || _bits.Remaining < count * 8)
        {
            return false;
        }
        for (; count > 0; count--)
        {
            _bits.TryRead(8, out var value);
            if (_isLatin1 && value >= 0x80)
            {
                _utf8.Add((byte)(0xC0 | (value >> 6)));
                _utf8.Add((byte)(0x80 | (value & 0x3F)));
            }
            else
            {
                _utf8.Add((byte)value);
            }
        }
        return true;
    }

    /// <summary>The character set of the bytes that follow (section 7.4.2; the numbers are AIM ITS/04-023's).</summary>
    private bool TryReadEci()
    {
        const int Latin1Original = 1, Latin1 = 3, Utf8 = 26, Ascii = 27;
        if (!TryReadEciDesignator(out var set))
        {
            return false;
        }
        _isLatin1 = set is Latin1Original or Latin1;
        return set is Latin1Original or Latin1 or Utf8 or Ascii;
    }

    /// <summary>A number in one, two or three bytes, which begin with 0, 10 and 110 (table 4).</summary>
    private bool TryReadEciDesignator(out int number)
    {
        if (!_bits.TryRead(8, out number))
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
        if (own < 0 || !_bits.TryRead(more, out var rest))
        {
            return false;
        }
        number = (own << more) | rest;
        return true;
    }
}
