using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>
/// Small frames with random content. The reader always ends in time, reads no pixel outside the frame, and returns the true text or none.
/// </summary>
public sealed class FrameFuzzTests
{
    private const long Effort = 400_000, LastAttempt = 300_000;
    private const byte Beyond = 77;

    private readonly SymbolReader _reader = new();

    [Fact]
    public void ReadAll_FramesAtRandom_GiveNothing()
    {
        var seeds = RunSeed.RandomFor(nameof(ReadAll_FramesAtRandom_GiveNothing));
        for (var i = 0; i < Depth.Frames; i++)
        {
            var random = new Random(seeds.Next());
            int width = random.Next(1, 140), height = random.Next(1, 140), grain = random.Next(1, 9);
            // Blocks of black and white: from noise to a coarse checkerboard, depending on the size of the blocks.
            var columns = (width / grain) + 1;
            var blocks = new byte[columns * ((height / grain) + 1)];
            random.NextBytes(blocks);
            var pixels = new byte[width * height];
            for (var k = 0; k < pixels.Length; k++)
            {
                var block = blocks[(k / width / grain * columns) + (k % width / grain)];
                pixels[k] = i % 2 == 0 ? block : block < 128 ? byte.MinValue : byte.MaxValue;
            }

            Assert.Empty(Read(new GreyPicture(width, height, pixels), random));
        }
    }

    [Fact]
    public void ReadAll_SymbolsSpoiledAtRandom_GiveTheTextOrNothing()
    {
        var seeds = RunSeed.RandomFor(nameof(ReadAll_SymbolsSpoiledAtRandom_GiveTheTextOrNothing));
        int read = 0, refused = 0;
        for (var i = 0; i < Depth.Frames; i++)
        {
            var random = new Random(seeds.Next());
            var text = DrawnSymbol.AlphanumericText(random, random.Next(1, 60));
            var picture = DrawnSymbol.Of(text, (ErrorCorrectionLevel)random.Next(4)).Picture(random.Next(1, 4));
            for (var spoils = random.Next(12); spoils > 0; spoils--)
            {
                Spoil(picture, random);
            }

            var readings = Read(picture, random);

            Assert.All(readings, reading => Assert.Equal(text, reading.Text));
            _ = readings.Count > 0 ? read++ : refused++;
        }

        Assert.True(read > Depth.Frames / 10 && refused > Depth.Frames / 10, $"{read} read, {refused} refused: unsuitable damage");
    }

    /// <summary>Reads the picture as a part of a larger memory. The bytes between and after its rows must not matter.</summary>
    private IReadOnlyCollection<SymbolReading> Read(GreyPicture picture, Random random)
    {
        var stride = picture.Width + random.Next(20);
        var memory = new byte[stride * picture.Height];
        Array.Fill(memory, Beyond);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(memory.AsSpan(y * stride));
        }
        var exact = memory.AsSpan(0, ((picture.Height - 1) * stride) + picture.Width);

        var readings = _reader.ReadAll(
            new GreyFrame(exact, picture.Width, picture.Height, stride), options: new ReadOptions { Effort = Effort });

        Assert.InRange(_reader.EffortSpent, 0, Effort + LastAttempt);
        return readings;
    }

    /// <summary>
    /// Damages the picture: paints a patch of another grey, of noise, or copied from elsewhere, or reduces the contrast of the whole
    /// picture.
    /// </summary>
    private static void Spoil(GreyPicture picture, Random random)
    {
        int side = picture.Width, width = random.Next(1, side / 2), height = random.Next(1, side / 3);
        int left = random.Next(side - width), top = random.Next(side - height), shift = random.Next(left + 1);
        var kind = random.Next(4);
        for (var y = top; y < top + height; y++)
        {
            var row = picture.Pixels.AsSpan((y * side) + left, width);
            switch (kind)
            {
                case 0:
                    row.Fill((byte)random.Next(256));
                    break;
                case 1:
                    random.NextBytes(row);
                    break;
                case 2:
                    picture.Pixels.AsSpan((y * side) + left - shift, width).CopyTo(row);
                    break;
                default:
                    foreach (ref var pixel in row)
                    {
                        pixel = (byte)(60 + (pixel / 2));
                    }
                    break;
            }
        }
    }
}
