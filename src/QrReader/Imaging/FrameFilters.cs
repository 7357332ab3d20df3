using System.Runtime.Intrinsics;

namespace Parking.QrReader.Imaging;

/// <summary>Two filters that improve a bad picture: a box mean against noise, and an unsharp mask against blur.</summary>
internal sealed class FrameFilters
{
    private const int Step = 32;

    /// <summary>Sharpening calculates in sixteenths: with an amount of at most 8, all values fit 16 bits.</summary>
    private const int PartBits = 4;

    private readonly BoxWindow _window = new();

    /// <summary>
    /// Writes the rounded mean of the square of <c>2 * radius + 1</c> pixels around each pixel. Edge pixels are repeated outside the
    /// picture.
    /// </summary>
    public void BoxMean(GreyImage source, int radius, GreyImage target)
    {
        target.Resize(source.Width, source.Height);
        _window.Begin(source, radius);
        // Adding half the area rounds to nearest. The additional 0.5 is larger than the reciprocal's rounding error, so an exact quotient
        // is not rounded down.
        float reciprocal = 1f / _window.Area, rounding = (_window.Area / 2) + 0.5f;
        for (var y = 0; y < target.Height; y++)
        {
            _window.MoveDown();
            var row = target.Row(y);
            var x = 0;
            for (; x <= row.Length - Step; x += Step)
            {
                Vector256<int> Mean(int place) =>
                    Vector256.ConvertToInt32((Vector256.ConvertToSingle(_window.SumsAt(place)) + Vector256.Create(rounding)) * reciprocal);
                var low = Vector256.Narrow(Mean(x), Mean(x + 8));
                var high = Vector256.Narrow(Mean(x + 16), Mean(x + 24));
                Vector256.Narrow(low.AsUInt16(), high.AsUInt16()).CopyTo(row[x..]);
            }
            for (; x < row.Length; x++)
            {
                row[x] = (byte)((_window.SumAt(x) + (_window.Area / 2)) / _window.Area);
            }
        }
    }

    /// <summary>Writes each pixel plus <paramref name="amount"/> times its difference from the mean of its surroundings.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="radius">The surroundings are a square of <c>2 * radius + 1</c> pixels.</param>
    /// <param name="amount">The amount, 0 to 8, rounded to sixteenths.</param>
    /// <param name="target">Receives the picture; not the source.</param>
    public void Sharpen(GreyImage source, int radius, float amount, GreyImage target)
    {
        BoxMean(source, radius, target);
        var sharp = target.Pixels;
        var pixels = source.Pixels;
        var parts = (short)(amount * (1 << PartBits));
        var i = 0;
        for (; i <= sharp.Length - Step; i += Step)
        {
            var (ownLow, ownHigh) = Vector256.Widen(Vector256.Create<byte>(pixels.Slice(i, Step)));
            var (meanLow, meanHigh) = Vector256.Widen(Vector256.Create<byte>(sharp.Slice(i, Step)));
            var low = MoveAway(ownLow.AsInt16(), meanLow.AsInt16(), parts);
            var high = MoveAway(ownHigh.AsInt16(), meanHigh.AsInt16(), parts);
            Vector256.Narrow(low.AsUInt16(), high.AsUInt16()).CopyTo(sharp[i..]);
        }
        for (; i < sharp.Length; i++)
        {
            sharp[i] = (byte)Math.Clamp(pixels[i] + ((parts * (pixels[i] - sharp[i])) >> PartBits), 0, byte.MaxValue);
        }
    }

    private static Vector256<short> MoveAway(Vector256<short> own, Vector256<short> mean, short parts) =>
        Vector256.Clamp(own + (((own - mean) * parts) >> PartBits), Vector256<short>.Zero, Vector256.Create((short)byte.MaxValue));
}
