using Parking.Optics;

namespace Parking.QrReader.Tests.Optics;

public sealed class CameraTests
{
    private static readonly SymbolPattern Symbol = DrawnSymbol.Of("SP1:CAMERA", ErrorCorrectionLevel.Medium).Pattern;

    public static TheoryData<string> Distortions => [.. DistortionSets.All.Select(static distortion => distortion.Name)];

    [Fact]
    public void All_Distortions_HaveDifferentNames() =>
        Assert.Equal(35, DistortionSets.All.Select(static distortion => distortion.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Distortions))]
    public void Photograph_SameSeedAndIndex_GivesTheSameBytes(string name)
    {
        var distortion = Named(name);
        var camera = new Camera(seed: 7);
        var first = camera.Photograph(Symbol, distortion, 3);
        camera.Photograph(Symbol, distortion, 4);

        Assert.Equal(first.Pixels, new Camera(seed: 7).Photograph(Symbol, distortion, 3).Pixels);
    }

    [Fact]
    public void Photograph_AnotherSeedIndexOrDistortion_GivesAnotherFrame()
    {
        var first = new Camera(seed: 7).Photograph(Symbol, Distortion.Clean, 3).Pixels;

        Assert.NotEqual(first, new Camera(seed: 8).Photograph(Symbol, Distortion.Clean, 3).Pixels);
        Assert.NotEqual(first, new Camera(seed: 7).Photograph(Symbol, Distortion.Clean, 4).Pixels);
        Assert.NotEqual(first, new Camera(seed: 7).Photograph(Symbol, Distortion.AnyRotation, 3).Pixels);
    }

    [Fact]
    public void SeededRandom_ManyNumbers_StayInTheirRange()
    {
        var random = new SeededRandom(1, "ranges", 0);
        double sum = 0, squares = 0;
        for (var i = 0; i < 100_000; i++)
        {
            Assert.InRange(random.Between(-2, 3), -2, 3);
            Assert.InRange(random.Below(7), 0, 6);
            var bell = random.NextBell();
            sum += bell;
            squares += bell * bell;
        }

        Assert.Equal(0, sum / 100_000, 0.02);
        Assert.Equal(1, squares / 100_000, 0.02);
    }

    [Theory]
    [MemberData(nameof(Distortions))]
    public void Draw_AnySymbol_LiesInsideTheFrame(string name)
    {
        var random = new SeededRandom(2, name, 0);
        for (var modules = 29; modules <= 185; modules += 4)
        {
            var pose = SymbolPose.Draw(modules, Named(name), Camera.Width, Camera.Height, random);

            Assert.True(
                pose.Lowest is { X: >= 0, Y: >= 0 } && pose.Highest is { X: <= Camera.Width, Y: <= Camera.Height }, $"{modules}: {pose}");
        }
    }

    private static Distortion Named(string name) => DistortionSets.All.Single(distortion => distortion.Name == name);
}
