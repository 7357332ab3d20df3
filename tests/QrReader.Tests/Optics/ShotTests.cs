using Parking.Optics;

namespace Parking.QrReader.Tests.Optics;

/// <summary>The corners that the camera reports are right: the reader finds the symbol there without knowing them.</summary>
public sealed class ShotTests
{
    private static readonly SymbolPattern Symbol = DrawnSymbol.Of(DrawnSymbol.CodeText(new Random(4)), ErrorCorrectionLevel.Medium).Pattern;

    public static TheoryData<string> Kinds =>
        ["clean", "any-rotation", "perspective-15", "perspective-40", "quarter-turn", "upside-down", "far", "close", "motion", "barrel"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shoot_SymbolThatIsRead_LiesWhereTheReaderFindsIt(string name)
    {
        var distortion = DistortionSets.All.Single(kind => kind.Name == name);
        var camera = new Camera(seed: 11);
        for (var index = 0; index < 3; index++)
        {
            var shot = camera.Shoot(Symbol, distortion, index);
            var found = new SymbolReader().Read(shot.Picture.AsFrame());

            Assert.NotNull(found);
            // A symbol is never larger than the frame: a module of the largest symbol has fewer than nine pixels.
            var module = Math.Min(distortion.ModulePixels, 9);
            for (var corner = 0; corner < 4; corner++)
            {
                Assert.Equal(shot.Corners[corner].X, found.Corners[corner].X, module);
                Assert.Equal(shot.Corners[corner].Y, found.Corners[corner].Y, module);
            }
        }
    }

    [Fact]
    public void Shoot_Mirrored_TurnsTheOtherWayRound()
    {
        Assert.True(Turning(new Camera(seed: 11).Shoot(Symbol, Distortion.Clean, 0)) > 0);
        Assert.True(Turning(new Camera(seed: 11).Shoot(Symbol, Distortion.Mirrored, 0)) < 0);
    }

    /// <summary>Mapping a point through lens and bent surface and back returns the same point.</summary>
    [Fact]
    public void ToFrame_PointOfTheSquare_IsSeenThereAgain()
    {
        var distortion = Distortion.Cylinder.With(Distortion.BarrelLens).With(Distortion.Perspective15).With(Distortion.Mirrored);
        var random = new SeededRandom(1, "view", 0);
        var pose = SymbolPose.Draw(53, distortion, Camera.Width, Camera.Height, random);
        var view = new SymbolView(pose, distortion, new(Camera.Width, Camera.Height), random);
        for (var i = 0; i <= 10; i++)
        {
            var point = new System.Numerics.Vector2(i / 10f, (10 - i) / 10f);
            var seen = view.ToFrame(point);

            Assert.True((view.ToSquare(seen.X, seen.Y) - point).Length() < 1e-3, $"{point}");
        }
    }

    private static float Turning(Shot shot)
    {
        var (a, b, c) = (shot.Corners[0], shot.Corners[1], shot.Corners[2]);
        return ((b.X - a.X) * (c.Y - b.Y)) - ((b.Y - a.Y) * (c.X - b.X));
    }
}
