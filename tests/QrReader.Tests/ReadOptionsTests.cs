using Parking.ScannerSim.Images;
using Parking.ScannerSim.Optics;

namespace Parking.QrReader.Tests;

/// <summary>What a frame may cost, and what an earlier one is good for.</summary>
public sealed class ReadOptionsTests
{
    /// <summary>What the attempt under way may cost beyond what is given.</summary>
    private const long LastAttempt = 1_000_000;

    private static readonly Camera Camera = new(seed: 20_261_126);

    private readonly SymbolReader _reader = new();

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(0)]
    public void Read_FramesThatCostMuch_StopsWhenTheEffortIsSpent(long effort)
    {
        var given = effort > 0 ? effort : 8L * Camera.Width * Camera.Height;
        for (var i = 0; i < 30; i++)
        {
            _reader.ReadAll(FakeSymbols(i).AsFrame(), options: new ReadOptions { Effort = effort });

            Assert.InRange(_reader.EffortSpent, 1, given + LastAttempt);
        }
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

        Assert.Equal("SMALL", _reader.Read(new SymbolSheet(200, 200).Lay(Symbol("SMALL"), 10, 10).Picture.AsFrame(), new ReadOptions { Previous = previous })?.Text);
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
            // The reading and its corners; its text, two bytes a character; its bytes.
            Assert.InRange(allocated, 0, reading is null ? 0 : 350 + (2 * reading.Text.Length) + reading.Bytes.Length);
        });
    }

    private long AllocatedBy(GreyPicture frame, out SymbolReading? reading)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        reading = _reader.Read(frame.AsFrame());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static GreyPicture Frame(Distortion distortion, int index) =>
        Camera.Photograph(DrawnSymbol.Of(DrawnSymbol.CodeText(new Random(index)), ErrorCorrectionLevel.Medium).Pattern, distortion, index);

    private static GreyPicture Symbol(string text) => DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4);

    /// <summary>Symbols of all sizes with all that they say painted over: the patterns promise what the rest does not keep.</summary>
    private static GreyPicture FakeSymbols(int seed)
    {
        var random = new Random(seed);
        var sheet = new SymbolSheet(Camera.Width, Camera.Height);
        for (var i = 0; i < 6; i++)
        {
            var symbol = DrawnSymbol.Of("FAKE", ErrorCorrectionLevel.Low, version: random.Next(1, 12));
            var picture = symbol.Picture(modulePixels: 2);
            int from = picture.Width / 3, to = picture.Width * 2 / 3;
            for (var y = from; y < to; y++)
            {
                random.NextBytes(picture.Pixels.AsSpan((y * picture.Width) + from, to - from));
            }
            sheet.Lay(picture, i % 3 * 210, i / 3 * 230);
        }
        return sheet.Picture;
    }
}
