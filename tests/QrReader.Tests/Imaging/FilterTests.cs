using System.Numerics;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Tests.Imaging;

/// <summary>
/// Compares the filters and the threshold with their definitions, pixel by pixel, at sizes that are not multiples of a vector's length.
/// </summary>
public sealed class FilterTests
{
    private readonly FrameFilters _filters = new();

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 3, 50 }, { 31, 33 }, { 64, 40 }, { 65, 17 }, { 200, 131 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BoxMean_AnySize_IsTheRoundedMeanOfTheSquare(int width, int height)
    {
        foreach (var radius in (int[])[1, 2, 4, 6])
        {
            var (source, target) = (Noise(width, height), new GreyImage());

            _filters.BoxMean(source, radius, target);

            var area = ((2 * radius) + 1) * ((2 * radius) + 1);
            ForEach(source, (x, y) => Assert.Equal((SquareSum(source, x, y, radius) + (area / 2)) / area, target.Row(y)[x]));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sharpen_AnySize_MovesEachPixelAwayFromTheMean(int width, int height)
    {
        var (source, mean, target) = (Noise(width, height), new GreyImage(), new GreyImage());

        _filters.BoxMean(source, 4, mean);
        _filters.Sharpen(source, 4, 2.5f, target);

        ForEach(source, (x, y) =>
        {
            var moved = source.Row(y)[x] + Math.Floor(2.5 * (source.Row(y)[x] - mean.Row(y)[x]));
            Assert.Equal(Math.Clamp(moved, 0, 255), target.Row(y)[x]);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Threshold_AnySize_MarksWhatDiffersFromItsSurroundings(int width, int height)
    {
        var image = Noise(width, height);
        var plane = new DarkPlane();
        var radius = Math.Max(8, Math.Min(width, height) / 14);
        var area = ((2 * radius) + 1) * ((2 * radius) + 1);
        foreach (var inverted in (bool[])[false, true])
        {
            plane.Threshold(image, inverted);

            ForEach(image, (x, y) =>
            {
                var darker = SquareSum(image, x, y, radius) - (image.Row(y)[x] * area);
                Assert.True(plane.TryGet(x + 0.5f, y + 0.5f, out var dark));
                Assert.Equal((inverted ? -darker : darker) > 2 * area, dark);
            });
            Assert.False(plane.TryGet(width, 0, out _));
            Assert.False(plane.TryGet(float.NaN, 0, out _));
            // Bits beyond the width must be 0.
            Assert.All(Enumerable.Range(0, height), y => Assert.Equal(0UL, width % 64 == 0 ? 0 : plane.Row(y)[^1] >> (width % 64)));
        }
    }

    /// <summary>On a wide white picture the prefix sums exceed 32 bits. Their differences must still be correct.</summary>
    [Fact]
    public void Threshold_WidestPicture_MarksTheOneDarkSquare()
    {
        const int Width = GreyFrame.MaxSide, Height = 3_600, Left = 16_000, Top = 1_700, Side = 40;
        var pixels = new byte[Width * Height];
        Array.Fill(pixels, byte.MaxValue);
        for (var y = Top; y < Top + Side; y++)
        {
            pixels.AsSpan((y * Width) + Left, Side).Clear();
        }
        var image = new GreyImage();
        image.CopyFrom(new GreyFrame(pixels, Width, Height, Width));
        var plane = new DarkPlane();

        plane.Threshold(image, inverted: false);

        for (var y = 0; y < Height; y++)
        {
            var dark = 0;
            foreach (var word in plane.Row(y))
            {
                dark += BitOperations.PopCount(word);
            }
            Assert.Equal(y is >= Top and < Top + Side ? Side : 0, dark);
        }
        Assert.True(plane.TryGet(Left, Top, out var corner) && corner);
    }

    private static int SquareSum(GreyImage image, int x, int y, int radius)
    {
        var sum = 0;
        for (var row = y - radius; row <= y + radius; row++)
        {
            for (var column = x - radius; column <= x + radius; column++)
            {
                sum += image.Row(Math.Clamp(row, 0, image.Height - 1))[Math.Clamp(column, 0, image.Width - 1)];
            }
        }
        return sum;
    }

    private static void ForEach(GreyImage image, Action<int, int> check)
    {
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                check(x, y);
            }
        }
    }

    private static GreyImage Noise(int width, int height)
    {
        var pixels = new byte[width * height];
        new Random(width).NextBytes(pixels);
        var image = new GreyImage();
        image.CopyFrom(new GreyFrame(pixels, width, height, width));
        return image;
    }
}
