using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Parking.QrReader.Imaging;

/// <summary>One bit per pixel: whether the pixel is darker than its surroundings. So an edge search processes 64 pixels at once.</summary>
internal sealed class DarkPlane
{
    /// <summary>The number of pixels in a word of a row; the lowest bit is the leftmost pixel.</summary>
    public const int WordBits = 64;

    /// <summary>A pixel must differ by more than this many grey levels, so that noise in a flat area is not dark.</summary>
    private const int LeastDifference = 2;

    private const int Step = 32;

    private readonly BoxWindow _window = new();
    private ulong[] _words = [];
    private int _wordsPerRow;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The pixels of a row. Bits beyond the width are 0.</summary>
    public ReadOnlySpan<ulong> Row(int y) => _words.AsSpan(y * _wordsPerRow, _wordsPerRow);

    /// <summary>Gets the bit of a pixel. Returns false if the point lies outside the picture.</summary>
    public bool TryGet(float x, float y, out bool dark)
    {
        if (!(x >= 0 && y >= 0 && x < Width && y < Height))
        {
            dark = false;
            return false;
        }
        var column = (int)x;
        dark = ((_words[((int)y * _wordsPerRow) + (column / WordBits)] >> (column % WordBits)) & 1) != 0;
        return true;
    }

    /// <summary>
    /// Compares every pixel with the mean of the square around it. The square is a seventh of the picture's shorter side wide: wider than a
    /// finder pattern, narrower than most shadows.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="inverted">Whether to mark brighter pixels instead, for a light symbol on a dark background.</param>
    public void Threshold(GreyImage image, bool inverted)
    {
        Resize(image.Width, image.Height);
        _window.Begin(image, Math.Max(8, Math.Min(Width, Height) / 14));
        for (var y = 0; y < Height; y++)
        {
            _window.MoveDown();
            ThresholdRow(image.Row(y), inverted, _words.AsSpan(y * _wordsPerRow, _wordsPerRow));
        }
    }

    private void Resize(int width, int height)
    {
        (Width, Height) = (width, height);
        _wordsPerRow = (width + WordBits - 1) / WordBits;
        if (_words.Length < _wordsPerRow * height)
        {
            _words = GC.AllocateUninitializedArray<ulong>(_wordsPerRow * height);
        }
    }

    private void ThresholdRow(ReadOnlySpan<byte> row, bool inverted, Span<ulong> words)
    {
        words.Clear();
        // The sign exchanges "brighter" and "darker", so one comparison serves both.
        int sign = inverted ? -1 : 1, area = _window.Area, least = LeastDifference * area, x = 0;
        for (; x <= row.Length - Step; x += Step)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(row.Slice(x, Step)));
            var ((first, second), (third, fourth)) = (Vector256.Widen(low), Vector256.Widen(high));
            ulong bits = DarkBits(first.AsInt32(), x, area, sign, least)
                | (DarkBits(second.AsInt32(), x + 8, area, sign, least) << 8)
                | (DarkBits(third.AsInt32(), x + 16, area, sign, least) << 16)
                | (DarkBits(fourth.AsInt32(), x + 24, area, sign, least) << 24);
            words[x / WordBits] |= bits << (x % WordBits);
        }
        for (; x < row.Length; x++)
        {
            if (sign * (_window.SumAt(x) - (row[x] * area)) > least)
            {
                words[x / WordBits] |= 1UL << (x % WordBits);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint DarkBits(Vector256<int> pixels, int x, int area, int sign, int least)
    {
        var darker = (_window.SumsAt(x) - (pixels * area)) * sign;
        return Vector256.GreaterThan(darker, Vector256.Create(least)).ExtractMostSignificantBits();
    }
}
