using Parking.ScannerSim.Optics;

namespace Parking.QrReader.Tests;

/// <summary>Parking codes as a gate's camera sees them, on good days and bad.</summary>
public sealed class DistortedFrameTests
{
    private const int FramesOfEach = 10;
    private const double LeastShare = 0.97;

    private static readonly Camera Camera = new(seed: 20_261_124);

    public static TheoryData<string> Distortions => [.. DistortionSets.Classic.Select(static distortion => distortion.Name)];

    /// <summary>The hardest kind loses a third of its frames; the mission's own limit is over all kinds, below.</summary>
    [Theory]
    [MemberData(nameof(Distortions))]
    public void Read_FramesOfOneKind_MostGiveTheExactText(string name)
    {
        var read = CountRead(DistortionSets.Classic.Single(distortion => distortion.Name == name));

        Assert.True(read >= FramesOfEach * 6 / 10, $"{read} of {FramesOfEach} frames of {name} read");
    }

    [Fact]
    public void Read_FramesOfAllKinds_AtLeastTheShareGivesTheExactText()
    {
        var total = DistortionSets.Classic.Count * FramesOfEach;
        var read = DistortionSets.Classic.Sum(CountRead);

        TestContext.Current.SendDiagnosticMessage($"distorted frames: {read} of {total} read");
        Assert.True(read >= total * LeastShare, $"{read} of {total} frames read");
    }

    [Fact]
    public void Read_ClutterWithoutSymbol_GivesNothing()
    {
        var reader = new SymbolReader();
        for (var i = 0; i < 5 * DistortionSets.Classic.Count; i++)
        {
            var frame = Camera.PhotographClutter(DistortionSets.Classic[i % DistortionSets.Classic.Count], i);
            Assert.Null(reader.Read(frame.AsFrame()));
        }
    }

    [Fact]
    public void Read_NoiseWithoutAnything_GivesNothing()
    {
        var reader = new SymbolReader();
        var random = new Random(3);
        var pixels = new byte[Camera.Width * Camera.Height];
        for (var i = 0; i < 20; i++)
        {
            random.NextBytes(pixels);
            Assert.Null(reader.Read(new GreyFrame(pixels, Camera.Width, Camera.Height, Camera.Width)));
        }
    }

    /// <summary>Counts the frames read; fails on a wrong text.</summary>
    private static int CountRead(Distortion distortion)
    {
        var reader = new SymbolReader();
        var read = 0;
        for (var i = 0; i < FramesOfEach; i++)
        {
            var text = DrawnSymbol.CodeText(new Random(i));
            var frame = Camera.Photograph(DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Pattern, distortion, i);
            if (reader.Read(frame.AsFrame()) is { } reading)
            {
                Assert.Equal(text, reading.Text);
                read++;
            }
        }
        return read;
    }
}
