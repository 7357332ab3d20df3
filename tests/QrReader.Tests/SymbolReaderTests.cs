using CsCheck;
using Parking.Optics;
using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests;

public sealed class SymbolReaderTests
{
    private const string Text = "SP1:HELLO";

    private readonly SymbolReader _reader = new();

    public static TheoryData<int, ErrorCorrectionLevel> EverySymbol
    {
        get
        {
            var data = new TheoryData<int, ErrorCorrectionLevel>();
            for (var version = 1; version <= 40; version++)
            {
                foreach (var level in Enum.GetValues<ErrorCorrectionLevel>())
                {
                    data.Add(version, level);
                }
            }
            return data;
        }
    }

    /// <summary>QRCoder has its own tables. A wrong number in our tables would divide the blocks in the wrong places.</summary>
    [Theory]
    [MemberData(nameof(EverySymbol))]
    public void Read_FullSymbolOfEveryVersionAndLevel_GivesTheTextUncorrected(int version, ErrorCorrectionLevel level)
    {
        var text = DrawnSymbol.FullText(version, level);
        var symbol = DrawnSymbol.Of(text, level, version);

        var reading = _reader.Read(symbol.Picture(modulePixels: 3).AsFrame());

        Assert.NotNull(reading);
        Assert.Equal(text, reading.Text);
        Assert.Equal(version, reading.Version);
        Assert.Equal(level, reading.Level);
        Assert.Equal(0, reading.CorrectedCodewords);
    }

    /// <summary>QRCoder chooses the mask that suits the text best, so enough texts lead to all eight masks.</summary>
    [Fact]
    public void Read_EveryMask_GivesTheText()
    {
        var decoder = new SymbolDecoder();
        var seen = new HashSet<int>();
        for (var i = 0; i < 2_000 && seen.Count < DataMask.Count; i++)
        {
            var text = DrawnSymbol.AlphanumericText(new Random(i), 1 + (i % 40));
            var symbol = DrawnSymbol.Of(text, ErrorCorrectionLevel.Quartile);
            var decoded = decoder.Decode(symbol.Layout, symbol.Modules(), []);
            Assert.Equal(text, decoded?.Content.Text);
            seen.Add(decoded!.Format.Mask);
        }

        Assert.Equal(DataMask.Count, seen.Count);
    }

    [Fact]
    public void Read_UndistortedSymbol_GivesItsCorners()
    {
        const int ModulePixels = 5, QuietZone = 4;
        var symbol = DrawnSymbol.Of(Text, ErrorCorrectionLevel.Medium);

        var reading = _reader.Read(symbol.Picture(ModulePixels).AsFrame());

        Assert.NotNull(reading);
        float near = QuietZone * ModulePixels, far = (QuietZone + symbol.Size) * ModulePixels;
        FramePoint[] expected = [new(near, near), new(far, near), new(far, far), new(near, far)];
        foreach (var (corner, place) in reading.Corners.Zip(expected))
        {
            Assert.Equal(place.X, corner.X, ModulePixels / 4f);
            Assert.Equal(place.Y, corner.Y, ModulePixels / 4f);
        }
    }

    /// <summary>A code with more and more dirt is read, until it is no longer read. It is never read as another text.</summary>
    [Fact]
    public void Read_SymbolWithMoreAndMoreDirt_GivesTheTextOrNothing()
    {
        var random = new Random(11);
        int read = 0, refused = 0;
        for (var spots = 0; spots < 320; spots += 5)
        {
            var text = DrawnSymbol.CodeText(random);
            var picture = DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4);
            for (var i = 0; i < spots; i++)
            {
                // The finder patterns stay clean.
                int x = random.Next(picture.Width * 2 / 5, picture.Width * 4 / 5),
                    y = random.Next(picture.Width * 2 / 5, picture.Width * 4 / 5);
                for (var row = y; row < y + 6; row++)
                {
                    picture.Pixels.AsSpan((row * picture.Width) + x, 6).Fill((byte)(i % 2 * byte.MaxValue));
                }
            }

            var reading = _reader.Read(picture.AsFrame());
            Assert.True(reading is null || reading.Text == text, $"{spots} spots: read {reading?.Text} instead of {text}");
            _ = reading is null ? refused++ : read++;
        }

        Assert.True(read > 10 && refused > 10, $"{read} read, {refused} refused: unsuitable dirt");
    }

    [Fact]
    public void Read_RowsWithPadding_IgnoresThePadding()
    {
        var picture = DrawnSymbol.Of(Text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4);
        var stride = picture.Width + 13;
        var padded = new byte[stride * picture.Height];
        new Random(1).NextBytes(padded);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(padded.AsSpan(y * stride));
        }

        Assert.Equal(Text, _reader.Read(new GreyFrame(padded, picture.Width, picture.Height, stride))?.Text);
    }

    /// <summary>Working memory is kept between frames. The content of one frame must not affect the next.</summary>
    [Fact]
    public void Read_OneReaderForManyFrames_ReadsLikeANewOne()
    {
        var camera = new Camera(seed: 5);
        var symbol = DrawnSymbol.Of(DrawnSymbol.CodeText(new Random(1)), ErrorCorrectionLevel.Medium).Pattern;
        for (var i = 0; i < 20; i++)
        {
            var frame = camera.Photograph(symbol, DistortionSets.Classic[i % DistortionSets.Classic.Count], i);
            var small = DrawnSymbol.Of($"{i}", ErrorCorrectionLevel.Low).Picture(modulePixels: 3);

            Assert.Equal(new SymbolReader().Read(frame.AsFrame())?.Text, _reader.Read(frame.AsFrame())?.Text);
            Assert.Equal($"{i}", _reader.Read(small.AsFrame())?.Text);
        }
    }

    [Fact]
    public void Read_EmptyFrame_GivesNothing() => Assert.Null(_reader.Read(default));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2000)]
    [InlineData(2, 2)]
    [InlineData(3, 1000)]
    [InlineData(1000, 3)]
    [InlineData(GreyFrame.MaxSide, 1)]
    [InlineData(21, 21)]
    public void Read_FrameOfOddSize_GivesNothing(int width, int height)
    {
        var pixels = new byte[width * height];
        new Random(width).NextBytes(pixels);

        Assert.Null(_reader.Read(new GreyFrame(pixels, width, height, width)));
    }

    /// <summary>Blocks of grey of all sizes form many more false finder patterns than noise does.</summary>
    [Fact]
    public void Read_AnyPicture_DoesNotThrow()
    {
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200], Gen.Int[1, 12], Gen.Int[0, 1_000_000]).SampleCases(
            Depth.DearCases,
            (width, height, grain, seed) =>
            {
                var pixels = new byte[width * height];
                var levels = new byte[((width / grain) + 1) * ((height / grain) + 1)];
                new Random(seed).NextBytes(levels);
                for (var i = 0; i < pixels.Length; i++)
                {
                    pixels[i] = levels[(i / width / grain * ((width / grain) + 1)) + (i % width / grain)];
                }
                Assert.Null(new SymbolReader().Read(new GreyFrame(pixels, width, height, width)));
            });
    }
}
