using System.Runtime.Intrinsics;

namespace Parking.QrReader.Imaging;

/// <summary>The two filters that bring a symbol out of a bad picture: a box mean against noise, an unsharp mask against blur.</summary>
internal sealed class FrameFilters
{
    private const int Step = 32;

    /// <summary>Sharpening counts in sixteenths: with an amount of up to 8 all fits into 16 bits.</summary>
    private const int PartBits = 4;

    private readonly BoxWindow _window = new();

    /// <summary>Writes the mean of each pixel's square of <c>2 * radius + 1</c> pixels, rounded. The picture's edge goes on outside it.</summary>
    public void BoxMean(GreyImage source, int radius, GreyImage target)
    {
        target.Resize(source.Width, source.Height);
        _window.Begin(source, radius);
        // Half a square more rounds; half of one more keeps whole numbers away from the reciprocal's error.
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

    /// <summary>Writes each pixel moved away from the mean of its surroundings by <paramref name="amount"/> times its distance from it.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="radius">The surroundings: a square of <c>2 * radius + 1</c> pixels.</param>
    /// <param name="amount">How much, 0 to 8, in sixteenths.</param>
    /// <param name="target">Receives the picture; another one than the source.</param>
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
