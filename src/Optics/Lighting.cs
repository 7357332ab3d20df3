using System.Numerics;

namespace Parking.Optics;

/// <summary>Effects of light on the scene and on glass in front of it.</summary>
internal static class Lighting
{
    private const float MiddleGrey = 128, White = 255;

    /// <summary>Reduces the range from black to white, around middle grey.</summary>
    public static void Flatten(LightPlane plane, float contrast)
    {
        for (var y = 0; contrast < 1 && y < plane.Height; y++)
        {
            foreach (ref var light in plane.Row(y))
            {
                light = MiddleGrey + ((light - MiddleGrey) * contrast);
            }
        }
    }

    /// <summary>Darkens the frame evenly from one side to the other.</summary>
    public static void AddGradient(LightPlane plane, float missing, SeededRandom random)
    {
        if (missing <= 0)
        {
            return;
        }
        var (sin, cos) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var reach = (MathF.Abs(cos) * plane.Width) + (MathF.Abs(sin) * plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var along = (((x - (plane.Width / 2f)) * cos) + ((y - (plane.Height / 2f)) * sin)) / reach;
                row[x] *= 1 - (missing * (along + 0.5f));
            }
        }
    }

    /// <summary>Adds a shadow with a straight edge that covers a part of the symbol.</summary>
    public static void AddShadow(LightPlane plane, float missing, SymbolPose pose, SeededRandom random)
    {
        if (missing <= 0)
        {
            return;
        }
        const float SoftEdge = 2;
        var (edge, sin, cos) = LineAcross(pose, random);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var behind = ((x - edge.X) * cos) + ((y - edge.Y) * sin);
                row[x] *= 1 - (missing * Math.Clamp((behind / SoftEdge) + 0.5f, 0, 1));
            }
        }
    }

    /// <summary>Adds the reflection of a window in a glass in front of the symbol: two bright panes with a bar between them.</summary>
    public static void AddReflection(LightPlane plane, float strength, SymbolPose pose, SeededRandom random)
    {
        if (strength <= 0)
        {
            return;
        }
        const float SoftEdge = 3;
        var (middle, sin, cos) = LineAcross(pose, random);
        var side = MathF.Sqrt(pose.Area);
        float pane = side * random.Between(0.12f, 0.25f), bar = side * 0.04f, length = side * random.Between(0.3f, 0.7f);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                float across = MathF.Abs(((x - middle.X) * cos) + ((y - middle.Y) * sin)),
                    along = MathF.Abs(((y - middle.Y) * cos) - ((x - middle.X) * sin));
                var inside = MathF.Min(MathF.Min(across - bar, pane - across), length - along);
                row[x] += (White - row[x]) * strength * Math.Clamp((inside / SoftEdge) + 0.5f, 0, 1);
            }
        }
    }

    /// <summary>Adds a white spot with a soft edge somewhere on the symbol.</summary>
    public static void AddGlare(LightPlane plane, float share, SymbolPose pose, SeededRandom random)
    {
        if (share <= 0)
        {
            return;
        }
        const float SoftEdge = 3;
        var radius = MathF.Sqrt(share * pose.Area / MathF.PI);
        var reach = MathF.Sqrt(pose.Area) * 0.3f;
        var spot = pose.Centre + new Vector2(random.Between(-reach, reach), random.Between(-reach, reach));
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var inside = radius - Vector2.Distance(new Vector2(x, y), spot);
                var strength = Math.Clamp((inside / SoftEdge) + 0.5f, 0, 1);
                row[x] += (White - row[x]) * strength;
            }
        }
    }

    /// <summary>Draws a point near the symbol's centre, and a direction.</summary>
    private static (Vector2 Point, float Sin, float Cos) LineAcross(SymbolPose pose, SeededRandom random)
    {
        var (sin, cos) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var reach = MathF.Sqrt(pose.Area) * 0.25f;
        return (pose.Centre + new Vector2(random.Between(-reach, reach), random.Between(-reach, reach)), sin, cos);
    }
}
