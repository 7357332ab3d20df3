namespace Parking.ScannerSim.Demo.Views;

/// <summary>A bar of a share, in eighths of a cell.</summary>
internal static class Bar
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <summary>Draws it.</summary>
    /// <param name="value">What there is; not negative.</param>
    /// <param name="whole">What fills the bar; at least 1. More than that fills it too.</param>
    /// <param name="width">In cells.</param>
    public static string Draw(int value, int whole, int width)
    {
        var filled = (int)Math.Min((long)width * 8 * value / whole, width * 8L);

        // A few vehicles in a large garage are not nothing.
        filled = value > 0 ? Math.Max(1, filled) : 0;
        var bar = new string('█', filled / 8);
        return filled % 8 == 0 ? bar.PadRight(width) : (bar + Eighths[filled % 8]).PadRight(width);
    }
}
