namespace Parking.Optics;

/// <summary>The background of a symbol: a grey wall with patches, discs, bars and lines of print. None of them is a symbol.</summary>
internal static class Clutter
{
    private const int Patches = 14;
    private const int Discs = 8;
    private const int Gratings = 6;

    public static void Paint(LightPlane plane, SeededRandom random)
    {
        var wall = random.Between(90, 180);
        for (var y = 0; y < plane.Height; y++)
        {
            plane.Row(y).Fill(wall);
        }
        for (var i = 0; i < Patches; i++)
        {
            PaintPatch(plane, random);
        }
        for (var i = 0; i < Discs; i++)
        {
            PaintDisc(plane, random);
        }
        for (var i = 0; i < Gratings; i++)
        {
            PaintGrating(plane, random);
        }
    }

    private static float AnyGrey(SeededRandom random) => random.Between(30, 225);

    private static void PaintPatch(LightPlane plane, SeededRandom random)
    {
        int left = random.Below(plane.Width), top = random.Below(plane.Height);
        int right = Math.Min(plane.Width, left + 10 + random.Below(150)), bottom = Math.Min(plane.Height, top + 10 + random.Below(120));
        var grey = AnyGrey(random);
        for (var y = top; y < bottom; y++)
        {
            plane.Row(y)[left..right].Fill(grey);
        }
    }

    private static void PaintDisc(LightPlane plane, SeededRandom random)
    {
        float x = random.Below(plane.Width), y = random.Below(plane.Height), radius = random.Between(6, 50);
        var grey = AnyGrey(random);
        for (var row = Math.Max(0, (int)(y - radius)); row < Math.Min(plane.Height, y + radius); row++)
        {
            var half = MathF.Sqrt(MathF.Max(0, (radius * radius) - ((row - y) * (row - y))));
            var left = Math.Clamp((int)(x - half), 0, plane.Width);
            plane.Row(row)[left..Math.Clamp((int)(x + half), left, plane.Width)].Fill(grey);
        }
    }

    /// <summary>
    /// Paints bars of uneven width, either upright as in a barcode or divided into lines as in print. Their edges give a finder search many
    /// false candidates.
    /// </summary>
    private static void PaintGrating(LightPlane plane, SeededRandom random)
    {
        int left = random.Below(plane.Width), top = random.Below(plane.Height);
        int right = Math.Min(plane.Width, left + 30 + random.Below(120)), bottom = Math.Min(plane.Height, top + 8 + random.Below(60));
        var print = random.Below(2) == 0;
        float paper = random.Between(170, 235), ink = random.Between(20, 90);
        var bar = 2 + random.Below(4);
        for (var y = top; y < bottom; y++)
        {
            var inLine = !print || (y - top) / (2 * bar) % 2 == 0;
            var row = plane.Row(y)[left..right];
            row.Fill(paper);
            // A bar's width depends only on its number, so that all rows of an upright grating are equal.
            for (var x = 0; inLine && x < row.Length; x++)
            {
                var cell = x / bar;
                if (((cell * 7) + (cell * cell * 3) + (print ? (y - top) / bar : 0)) % 5 < 2)
                {
                    row[x] = ink;
                }
            }
        }
    }
}
