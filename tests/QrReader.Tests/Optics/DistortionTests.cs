using Parking.Optics;

namespace Parking.QrReader.Tests.Optics;

public sealed class DistortionTests
{
    private static readonly SymbolPattern Symbol = DrawnSymbol.Of("SP1:CAMERA", ErrorCorrectionLevel.Medium).Pattern;

    public static TheoryData<string> Distortions => [.. DistortionSets.All.Select(static distortion => distortion.Name)];

    /// <summary>
    /// Each kind changes the picture: with the same name, and so the same random numbers, its frame differs from the clean frame.
    /// </summary>
    [Theory]
    [MemberData(nameof(Distortions))]
    public void Photograph_EachKindButClean_DiffersFromClean(string name)
    {
        var distortion = DistortionSets.All.Single(kind => kind.Name == name);
        var clean = new Camera(seed: 3).Photograph(Symbol, Distortion.Clean with { Name = name }, 0).Pixels;

        Assert.Equal(name == "clean", clean.AsSpan().SequenceEqual(new Camera(seed: 3).Photograph(Symbol, distortion, 0).Pixels));
    }

    [Theory]
    [MemberData(nameof(Distortions))]
    public void At_ZeroStrength_LeavesNothingOfIt(string name)
    {
        var distortion = DistortionSets.All.Single(kind => kind.Name == name);
        var plain = Distortion.Clean with
        {
            Name = $"{name}*0",
            ModulePixels = distortion.ModulePixels,
            FrameScale = distortion.FrameScale,
            Turn = distortion.Turn,
            IsMirrored = distortion.IsMirrored,
            IsInverted = distortion.IsInverted,
            JpegQuality = distortion.JpegQuality is null ? null : 100,
        };

        Assert.Equal(plain, distortion.At(0));
        Assert.Same(distortion, distortion.At(1));
    }

    [Fact]
    public void With_TwoKinds_HasTheEffectsOfBoth()
    {
        var both = Distortion.Blur055.With(Distortion.Noise30).With(Distortion.Blur035);

        Assert.Equal("blur-055+noise-30+blur-035", both.Name);
        Assert.Equal(30, both.Noise);
        Assert.Equal(float.Hypot(Distortion.Blur055.Blur, Distortion.Blur035.Blur), both.Blur);
    }

    [Theory]
    [InlineData(0.03f)]
    [InlineData(0.10f)]
    [InlineData(0.25f)]
    public void Damage_AnyShare_CoversItAndNoMore(float share)
    {
        for (var i = 0; i < 5; i++)
        {
            var damage = new Damage(45, share, new SeededRandom(i, "damage", 0));

            Assert.InRange(damage.Share, share * 0.8f, share);
        }
    }
}
