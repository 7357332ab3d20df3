using System.Runtime.Intrinsics;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>
/// Compares a finder pattern along two circles around its centre. At any rotation, the smaller circle lies within the dark core and the
/// larger within the light ring. So a candidate can be judged before anything else is known of the symbol.
/// </summary>
internal static class PatternCircle
{
    private const int Points = 16;

    /// <summary>
    /// The radii in modules. The light ring spans 1.5 to 2.5 along the pattern's axes and 2.12 to 3.54 along its diagonals.
    /// </summary>
    private const float WithinCore = 1.1f, WithinRing = 2.2f;

    /// <summary>The number of points of both circles that must be right. Of random pixels, half are.</summary>
    private const int LeastRight = 21;

    private static readonly float[] Cosines = OfAngles(MathF.Cos), Sines = OfAngles(MathF.Sin);

    /// <summary>Whether enough pixels on the circles have the right colour.</summary>
    /// <param name="plane">The picture.</param>
    /// <param name="x">The x coordinate of the centre.</param>
    /// <param name="y">The y coordinate of the centre.</param>
    /// <param name="module">The width of a module, in pixels.</param>
    public static bool IsSuspect(DarkPlane plane, float x, float y, float module)
    {
        var right = 0;
        for (var i = 0; i < Points; i++)
        {
            float cosine = Cosines[i] * module, sine = Sines[i] * module;
            right += plane.TryGet(x + (cosine * WithinCore), y + (sine * WithinCore), out var core) && core ? 1 : 0;
            right += plane.TryGet(x + (cosine * WithinRing), y + (sine * WithinRing), out var ring) && !ring ? 1 : 0;
        }
        return right >= LeastRight;
    }

    /// <summary>The contrast between the circles, at most 1 for a finder pattern. Stripes and print are far lower.</summary>
    /// <param name="view">The view.</param>
    /// <param name="pattern">The candidate.</param>
    public static float Likeness(SampledView view, FinderPattern pattern)
    {
        var contrast = new PatternContrast();
        for (var i = 0; i < Points; i += Vector256<float>.Count)
        {
            var cosine = Vector256.Create<float>(Cosines.AsSpan(i)) * pattern.Narrowest;
            var sine = Vector256.Create<float>(Sines.AsSpan(i)) * pattern.Narrowest;
            var (x, y) = (Vector256.Create(pattern.X), Vector256.Create(pattern.Y));
            contrast.Add(view.Image.Sample(x + (cosine * WithinCore), y + (sine * WithinCore)), view.ShowsDark(true));
            contrast.Add(view.Image.Sample(x + (cosine * WithinRing), y + (sine * WithinRing)), view.ShowsDark(false));
        }
        view.Effort.Spend(2 * Points);
        return contrast.Value();
    }

    private static float[] OfAngles(Func<float, float> function) =>
        [.. Enumerable.Range(0, Points).Select(i => function(2 * MathF.PI * i / Points))];
}
