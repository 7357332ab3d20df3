namespace Parking.ScannerSim.Demo.Views;

/// <summary>Draws a bar chart's bar with a resolution of an eighth of a cell.</summary>
internal static class Bar
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <param name="value">The value; not negative.</param>
    /// <param name="whole">The value of a full bar; at least 1. A larger value fills the bar too.</param>
    /// <param name="width">The bar's width in cells.</param>
    public static string Draw(int value, int whole, int width)
    {
        var filled = (int)Math.Min((long)width * 8 * value / whole, width * 8L);

        // A value above 0 is always visible, however large the whole is.
        filled = value > 0 ? Math.Max(1, filled) : 0;
        var bar = new string('█', filled / 8);
        return filled % 8 == 0 ? bar.PadRight(width) : (bar + Eighths[filled % 8]).PadRight(width);
    }
}
