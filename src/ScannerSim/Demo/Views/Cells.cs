using System.Text;
using Spectre.Console;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Fits texts into terminal cells. A Chinese character takes two cells.</summary>
internal static class Cells
{
    private const char Ellipsis = '…';

    /// <summary>Cuts a text or adds spaces, so that it takes exactly this width.</summary>
    public static string Fit(string text, int width)
    {
        var used = text.GetCellWidth();
        return used <= width ? text + new string(' ', width - used) : Cut(text, width);
    }

    private static string Cut(string text, int width)
    {
        if (width <= 0)
        {
            return "";
        }
        var cut = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var cells = rune.ToString().GetCellWidth();
            if (used + cells > width - 1)
            {
                break;
            }
            cut.Append(rune);
            used += cells;
        }
        return cut.Append(Ellipsis).Append(' ', width - 1 - used).ToString();
    }
}
