using System.Runtime.Intrinsics;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Tests.Imaging;

public sealed class GreyImageTests
{
    private static readonly float[] Hostile =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, -1, -0f, 0, 0.5f, float.Epsilon, 1e9f,
            3e38f];

    /// <summary>Sampling eight points at once reads memory without bounds checks, so no coordinate may lead outside the picture.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(9, 1)]
    [InlineData(2, 2)]
    [InlineData(33, 20)]
    public void Sample_EightAtOnce_IsLikeOneByOneWhereverThePointsAre(int width, int height)
    {
        var image = Noise(width, height);
        var random = new Random(width);
        for (var i = 0; i < 2_000; i++)
        {
            float Coordinate(int length) =>
                random.Next(4) == 0 ? Hostile[random.Next(Hostile.Length)] : (random.NextSingle() * (length + 4)) - 2;
            var x = Enumerable.Range(0, 8).Select(_ => Coordinate(width)).ToArray();
            var y = Enumerable.Range(0, 8).Select(_ => Coordinate(height)).ToArray();

            var samples = image.Sample(Vector256.Create(x), Vector256.Create(y));

            for (var k = 0; k < 8; k++)
            {
                Assert.Equal(image.Sample(x[k], y[k]), samples[k], 0.01f);
                Assert.InRange(samples[k], 0, byte.MaxValue);
            }
        }
    }

    /// <summary>Outside the picture, edge pixels are repeated. Between four pixels, each is weighted by the opposite area.</summary>
    [Fact]
    public void Sample_BetweenAndBeyondPixels_IsTheirMean()
    {
        var image = new GreyImage();
        image.CopyFrom(new GreyFrame([0, 100, 200, 40], 2, 2, 2));

        Assert.Equal(0, image.Sample(0.5f, 0.5f));
        Assert.Equal(40, image.Sample(1.5f, 1.5f));
        Assert.Equal(85, image.Sample(1, 1), 0.001f);
        Assert.Equal(25, image.Sample(0.75f, 0.5f), 0.001f);
        Assert.Equal(0, image.Sample(-50, -50));
        Assert.Equal(100, image.Sample(50, -50));
        Assert.Equal(200, image.Sample(-1, 9));
    }

    private static GreyImage Noise(int width, int height)
    {
        var pixels = new byte[width * height];
        new Random(height).NextBytes(pixels);
        var image = new GreyImage();
        image.CopyFrom(new GreyFrame(pixels, width, height, width));
        return image;
    }
}
