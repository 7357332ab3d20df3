using Microsoft.Extensions.Time.Testing;
using Parking.Optics;
using Parking.Optics.Corpora;
using Parking.Optics.Images;
using Parking.Optics.Trials;

namespace Parking.QrReader.Tests;

/// <summary>
/// Reads a thousand frames of parking codes as a gate's camera sees them, with every kind of distortion. The command for the long run is
/// <c>ScannerSim optics --frames 500 --jobs 2</c>: 17,500 frames with a symbol and 6,000 without.
/// </summary>
public sealed class DistortedFrameTests
{
    private const int Seed = 20_261_124;
    private const double LeastShare = 0.97, LeastShareOfPosed = 0.99, LeastShareAtGates = 0.93;

    private static readonly Camera Camera = new(Seed);

    /// <summary>All frames are made and read once, for all tests.</summary>
    private static readonly Lazy<TrialResult> Classic = new(() => Try(DistortionSets.Classic, framesOfEach: 50));

    private static readonly Lazy<TrialResult> AtGates = new(() => Try(DistortionSets.AtGates, framesOfEach: 9));

    public static TheoryData<string> Distortions => [.. DistortionSets.Classic.Select(static distortion => distortion.Name)];

    /// <summary>
    /// The hardest kind loses a third of its frames, so this limit is low. The test of all kinds together has the required limit.
    /// </summary>
    [Theory]
    [MemberData(nameof(Distortions))]
    public void Read_FramesOfOneKind_MostGiveTheExactText(string name)
    {
        var kind = Classic.Value.Kinds().Single(kind => kind.Name == name);

        Assert.True(kind.Rate >= 60, $"{kind.Exact} of {kind.Frames} frames of {name} read");
    }

    [Fact]
    public void Read_FramesOfAllKinds_AtLeastTheShareGivesTheExactTextAndNoneAWrongOne()
    {
        var all = Tally.Of("all", Classic.Value.Outcomes);

        TestContext.Current.SendDiagnosticMessage($"distorted frames: {all.Exact} of {all.Frames} read");
        Assert.Equal(0, all.Wrong);
        Assert.True(all.Exact >= all.Frames * LeastShare, $"{all.Exact} of {all.Frames} frames read");
    }

    [Fact]
    public void Read_FramesThatAreOnlyHeldOtherwise_NearlyAllGiveTheExactText()
    {
        var posed = Tally.Of("posed", Classic.Value.Outcomes.Concat(AtGates.Value.Outcomes)
            .Where(static outcome => DistortionSets.Posed.Any(kind => kind.Name == outcome.Kind)));

        TestContext.Current.SendDiagnosticMessage($"posed frames: {posed.Exact} of {posed.Frames} read");
        Assert.True(posed.Exact >= posed.Frames * LeastShareOfPosed, $"{posed.Exact} of {posed.Frames} frames read");
    }

    [Fact]
    public void Read_WhatElseGatesMeet_NearlyAllGiveTheExactTextAndNoneAWrongOne()
    {
        var all = Tally.Of("all", AtGates.Value.Outcomes);
        Assert.True(all.Exact >= all.Frames * LeastShareAtGates, $"{all.Exact} of {all.Frames} frames read");
        Assert.All(AtGates.Value.Kinds(), static kind => Assert.True(kind.Exact > 0, $"none of {kind.Name} read"));

        TestContext.Current.SendDiagnosticMessage($"other kinds at gates: {all.Exact} of {all.Frames} read");
        Assert.Equal(0, all.Wrong);
    }

    /// <summary>
    /// A device's code at the distance of one of the service has modules of 2.8 pixels instead of 4. What blurs it by as many pixels costs
    /// frames; docs/qr-reader.md has the rates of all kinds.
    /// </summary>
    [Fact]
    public void Read_DeviceCodesAtTheSameDistance_NearlyAllGiveTheExactTextAndNoneAWrongOne()
    {
        Distortion[] kinds =
        [
            Distortion.Clean, Distortion.AnyRotation, Distortion.Perspective15, Distortion.Noise30, Distortion.LowContrast,
            Distortion.GlareSpot, Distortion.Far, Distortion.PhoneScreen, Distortion.GlassReflection, Distortion.LowLight,
        ];

        var trial = Try([.. kinds.Select(static kind => new FrameKind(kind, null))], framesOfEach: 5, SymbolMix.Device);
        var all = Tally.Of("all", trial.Outcomes);

        Assert.Equal(0, all.Wrong);
        Assert.True(all.Exact >= all.Frames * LeastShare, $"{all.Exact} of {all.Frames} frames read");
    }

    [Fact]
    public void Read_Decoys_GiveNothing()
    {
        var decoys = Try([.. Decoy.All.Select(
            static (decoy, i) => new FrameKind(i % 2 == 0 ? Distortion.Clean : Distortion.GateMix, decoy))], framesOfEach: 5);

        Assert.All(decoys.Outcomes, static outcome => Assert.Null(outcome.Text));
    }

    [Fact]
    public void Read_ClutterWithoutSymbol_GivesNothing()
    {
        var reader = new SymbolReader();
        for (var i = 0; i < 2 * DistortionSets.Classic.Count; i++)
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
            Assert.Null(reader.Read(new GreyPicture(Camera.Width, Camera.Height, pixels).AsFrame()));
        }
    }

    private static TrialResult Try(IReadOnlyList<Distortion> distortions, int framesOfEach) =>
        Try([.. distortions.Select(static distortion => new FrameKind(distortion, null))], framesOfEach);

    private static TrialResult Try(IReadOnlyList<FrameKind> kinds, int framesOfEach, SymbolMix symbols = SymbolMix.Code)
    {
        var options = new OpticsOptions
        {
            Kinds = kinds,
            Frames = framesOfEach,
            Seed = Seed,
            Jobs = Environment.ProcessorCount,
            Symbols = symbols,
        };
        return new Trial(options, new FakeTimeProvider()).Run(options.Plan(), new Progress<double>(), CancellationToken.None)[0];
    }
}
