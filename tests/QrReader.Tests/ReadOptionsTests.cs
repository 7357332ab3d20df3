using Parking.Optics;
using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>The effort of a frame, and the use of the previous reading.</summary>
public sealed class ReadOptionsTests
{
    /// <summary>
    /// The cost in looks by which a frame may exceed its effort: the attempt in progress (a symbol of version 7 to 11) and the view.
    /// </summary>
    private const long LastAttempt = 400_000;

    private static readonly Camera Camera = new(seed: 20_261_126);

    private readonly SymbolReader _reader = new();

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(0)]
    public void Read_FramesThatCostMuch_StopsWhenTheEffortIsSpent(long effort)
    {
        var options = new ReadOptions { Effort = effort };
        for (var i = 0; i < 30; i++)
        {
            var frame = FakeSymbols(i).AsFrame();
            _reader.ReadAll(frame, options: options);

            Assert.InRange(_reader.EffortSpent, 1, options.EffortFor(frame) + LastAttempt);
        }
    }

    /// <summary>The largest symbol has the highest cost, and a wall of finder patterns has the most candidates.</summary>
    [Theory]
    [InlineData(40, 3)]
    [InlineData(1, 2)]
    public void Read_LargestSymbolOrWallOfPatterns_StopsWhenTheEffortIsSpent(int version, int modulePixels)
    {
        var picture = version == 40
            ? Spoilt(DrawnSymbol.Of("FAKE", ErrorCorrectionLevel.Low, version).Picture(modulePixels), new Random(1))
            : Wall();
        foreach (var effort in (long[])[1, 500_000, 2_000_000])
        {
            var reading = _reader.Read(picture.AsFrame(), new ReadOptions { Effort = effort });

            Assert.Null(reading);
            Assert.InRange(_reader.EffortSpent, 1, effort + 1_500_000 + (picture.Pixels.Length / 4));
        }
    }

    [Fact]
    public void Effort_Negative_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOptions { Effort = -1 });

    [Fact]
    public void Read_NotWhereItWas_CostsNoMoreThanIsGiven()
    {
        var previous = _reader.Read(new SymbolSheet(Camera.Width, Camera.Height).Lay(Symbol("ONCE"), 300, 200).Picture.AsFrame());
        for (var i = 0; i < 10; i++)
        {
            var options = new ReadOptions { Effort = 600_000, Previous = previous };
            _reader.Read(FakeSymbols(i).AsFrame(), options);

            Assert.InRange(_reader.EffortSpent, 1, options.Effort + LastAttempt);
        }
    }

    [Fact]
    public void Read_PreviousWithoutCorners_IsNoError()
    {
        var frame = new SymbolSheet(200, 200).Lay(Symbol("HERE"), 10, 10).Picture;
        var previous = _reader.Read(frame.AsFrame())!;
        FramePoint[] nowhere = [new(float.NaN, 0), new(0, float.PositiveInfinity), new(1, 1), new(0, 1)];

        Assert.Equal("HERE", _reader.Read(frame.AsFrame(), new ReadOptions { Previous = previous with { Corners = default } })?.Text);
        Assert.Equal("HERE", _reader.Read(frame.AsFrame(), new ReadOptions { Previous = previous with { Corners = [.. nowhere] } })?.Text);
    }

    [Fact]
    public void Read_WhereItWasWithPaddedRows_GivesTheText()
    {
        var picture = new SymbolSheet(400, 300).Lay(Symbol("PADDED"), 200, 120).Picture;
        var stride = picture.Width + 37;
        var padded = new byte[((picture.Height - 1) * stride) + picture.Width];
        new Random(1).NextBytes(padded);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(padded.AsSpan(y * stride));
        }
        var previous = _reader.Read(picture.AsFrame());

        var again = _reader.Read(new GreyFrame(padded, picture.Width, picture.Height, stride), new ReadOptions { Previous = previous });

        Assert.Equal("PADDED", again?.Text);
        Assert.InRange(again!.Corners[0].X - previous!.Corners[0].X, -1.5f, 1.5f);
    }

    [Fact]
    public void Read_TheSameFrameAgain_CostsTheSame()
    {
        var frame = Frame(Distortion.GateHard, 3);

        var first = (_reader.Read(frame.AsFrame())?.Text, _reader.EffortSpent);
        _reader.Read(FakeSymbols(1).AsFrame());

        Assert.Equal(first, (_reader.Read(frame.AsFrame())?.Text, _reader.EffortSpent));
    }

    [Fact]
    public void Read_WhereTheSymbolWas_CostsLessAndSaysTheSame()
    {
        for (var i = 0; i < 20; i++)
        {
            var frame = Frame(Distortion.AnyRotation, i);
            var reading = _reader.Read(frame.AsFrame());
            var searched = _reader.EffortSpent;

            var again = _reader.Read(frame.AsFrame(), new ReadOptions { Previous = reading });

            Assert.Equal(reading?.Text, again?.Text);
            Assert.True(_reader.EffortSpent < searched * 0.9, $"{_reader.EffortSpent} looks instead of {searched}");
            Assert.All(reading!.Corners.Zip(again!.Corners), static pair =>
            {
                Assert.Equal(pair.First.X, pair.Second.X, 1.5f);
                Assert.Equal(pair.First.Y, pair.Second.Y, 1.5f);
            });
        }
    }

    [Fact]
    public void Read_SymbolGoneFromWhereItWas_FindsItElsewhere()
    {
        var symbol = DrawnSymbol.Of("HERE", ErrorCorrectionLevel.Medium).Picture(modulePixels: 3);
        var before = new SymbolSheet(640, 480).Lay(symbol, 20, 20).Picture;
        var after = new SymbolSheet(640, 480).Lay(symbol, 480, 350).Picture;

        var reading = _reader.Read(after.AsFrame(), new ReadOptions { Previous = _reader.Read(before.AsFrame()) });

        Assert.Equal("HERE", reading?.Text);
        Assert.InRange(reading!.Corners[0].X, 480, 520);
    }

    [Fact]
    public void Read_WhereItWasInALargerFrame_IsNoError()
    {
        var previous = _reader.Read(new SymbolSheet(640, 480).Lay(Symbol("BIG"), 480, 350).Picture.AsFrame());
        Assert.NotNull(previous);

        Assert.Equal("SMALL", _reader.Read(
            new SymbolSheet(200, 200).Lay(Symbol("SMALL"), 10, 10).Picture.AsFrame(), new ReadOptions { Previous = previous })?.Text);
    }

    [Fact]
    public void Read_AfterWarmUp_AllocatesTheResultAlone()
    {
        var frames = DistortionSets.Classic.Select((distortion, i) => Frame(distortion, i)).ToList();
        var clutter = DistortionSets.Classic.Select(static (distortion, i) => Camera.PhotographClutter(distortion, i)).ToList();
        foreach (var frame in frames.Concat(clutter))
        {
            _reader.Read(frame.AsFrame());
        }

        Assert.All(clutter, frame => Assert.Equal(0, AllocatedBy(frame, out _)));
        Assert.All(frames, frame =>
        {
            var allocated = AllocatedBy(frame, out var reading);
            // The reading with its corners, the text with two bytes per character, and the bytes.
            var result = reading is null ? 0 : 350 + (2 * reading.Text.Length) + reading.Bytes.Length;
            Assert.InRange(allocated, 0, result);
            Assert.InRange(AllocatedBy(frame, out _, new ReadOptions { Previous = reading }), 0, result);
        });
    }

    private long AllocatedBy(GreyPicture frame, out SymbolReading? reading, ReadOptions options = default)
    {
        SymbolReading? read = null;
        var allocated = Allocations.Of(() => read = _reader.Read(frame.AsFrame(), options));
        reading = read;
        return allocated;
    }

    private static GreyPicture Frame(Distortion distortion, int index) =>
        Camera.Photograph(DrawnSymbol.Of(DrawnSymbol.CodeText(new Random(index)), ErrorCorrectionLevel.Medium).Pattern, distortion, index);

    private static GreyPicture Symbol(string text) => DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4);

    /// <summary>Symbols of all sizes with their data painted over. Their patterns are found, but nothing can be decoded.</summary>
    private static GreyPicture FakeSymbols(int seed)
    {
        var random = new Random(seed);
        var sheet = new SymbolSheet(Camera.Width, Camera.Height);
        for (var i = 0; i < 6; i++)
        {
            var symbol = DrawnSymbol.Of("FAKE", ErrorCorrectionLevel.Low, version: random.Next(1, 12));
            sheet.Lay(Spoilt(symbol.Picture(modulePixels: 2), random), i % 3 * 210, i / 3 * 230);
        }
        return sheet.Picture;
    }

    private static GreyPicture Spoilt(GreyPicture picture, Random random)
    {
        int from = picture.Width / 4, to = picture.Width * 3 / 4;
        for (var y = from; y < to; y++)
        {
            random.NextBytes(picture.Pixels.AsSpan((y * picture.Width) + from, to - from));
        }
        return picture;
    }

    /// <summary>Finder patterns side by side over the whole frame.</summary>
    private static GreyPicture Wall()
    {
        const int Module = 2, Pitch = 9 * Module;
        var pixels = new byte[Camera.Width * Camera.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            int x = (i % Camera.Width % Pitch / Module) - 4, y = (i / Camera.Width % Pitch / Module) - 4;
            pixels[i] = Math.Max(Math.Abs(x), Math.Abs(y)) is 2 or 4 ? byte.MaxValue : (byte)0;
        }
        return new GreyPicture(Camera.Width, Camera.Height, pixels);
    }
}
