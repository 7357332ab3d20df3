using System.Globalization;
using System.Text;
using QRCoder;

namespace Parking.Codes;

/// <summary>
/// Draws a symbol, dark on light, with its quiet zone of four modules. A drawn code is as secret as its text.
/// </summary>
public static class CodeDrawing
{
    private const int Margin = QrSymbol.QuietZone;

    /// <summary>Draws a text as <see cref="ToSvg(QrSymbol)"/>.</summary>
    /// <param name="text">The text, as for <see cref="QrSymbol.Encode"/>.</param>
    /// <returns>The SVG document.</returns>
    public static string ToSvg(string text) => ToSvg(QrSymbol.Encode(text));

    /// <summary>
    /// Draws an SVG document: one path whose strokes are the runs of dark modules in each row, on a light square, one user unit per module.
    /// It has only a <c>viewBox</c>; the page sets the size.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The SVG document.</returns>
    public static string ToSvg(QrSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var side = SideOf(symbol);
        var svg = new StringBuilder(4096);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"")
            .Append(" shape-rendering=\"crispEdges\">")
            .Append(CultureInfo.InvariantCulture, $"<rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>")
            .Append("<path stroke=\"#000\" d=\"");
        AppendRows(svg, symbol);
        return svg.Append("\"/></svg>").ToString();
    }

    /// <summary>The path of <see cref="ToSvg(QrSymbol)"/> alone: what its attribute <c>d</c> has.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The path, in a square of <see cref="SideOf"/> units.</returns>
    public static string ToPath(QrSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var path = new StringBuilder(4096);
        AppendRows(path, symbol);
        return path.ToString();
    }

    /// <summary>The side of a drawing in modules, with the quiet zone on both sides.</summary>
    /// <param name="symbol">The symbol.</param>
    public static int SideOf(QrSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.Size + (2 * Margin);
    }

    /// <summary>Draws a text as <see cref="ToPng(QrSymbol, int)"/>.</summary>
    /// <param name="text">The text, as for <see cref="QrSymbol.Encode"/>.</param>
    /// <param name="pixelsPerModule">The side of a module in pixels: 1 to 100.</param>
    /// <returns>The PNG file.</returns>
    public static byte[] ToPng(string text, int pixelsPerModule) => ToPng(QrSymbol.Encode(text), pixelsPerModule);

    /// <summary>Draws a black and white PNG file.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="pixelsPerModule">The side of a module in pixels: 1 to 100.</param>
    /// <returns>The file; its side is (size + 8) × <paramref name="pixelsPerModule"/> pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixelsPerModule"/> is out of range.</exception>
    public static byte[] ToPng(QrSymbol symbol, int pixelsPerModule)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelsPerModule, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixelsPerModule, 100);

        // Not disposed: disposing would empty the symbol, and both hold only memory.
        return new PngByteQRCode(symbol.Data).GetGraphic(pixelsPerModule, drawQuietZones: true);
    }

    /// <summary>Draws a text as <see cref="ToTerminal(QrSymbol)"/>.</summary>
    /// <param name="text">The text, as for <see cref="QrSymbol.Encode"/>.</param>
    /// <returns>The lines.</returns>
    public static string ToTerminal(string text) => ToTerminal(QrSymbol.Encode(text));

    /// <summary>
    /// Draws for a dark terminal, two rows of modules per line: light modules are block characters (▀ ▄ █), dark modules the background. On
    /// a light terminal the symbol appears inverted, which many readers cannot read.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>Lines of equal length, each terminated by a line feed.</returns>
    public static string ToTerminal(QrSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var end = symbol.Size + Margin;
        var lines = new StringBuilder((end + Margin + 1) * (end + Margin + 1) / 2);
        for (var y = -Margin; y < end; y += 2)
        {
            for (var x = -Margin; x < end; x++)
            {
                // The side is odd, so the last line's lower half lies outside the drawing. It stays dark, as the terminal around it.
                var lowerIsLight = y + 1 < end && !symbol[x, y + 1];
                lines.Append((symbol[x, y], lowerIsLight) switch
                {
                    (false, true) => '█',
                    (false, false) => '▀',
                    (true, true) => '▄',
                    (true, false) => ' ',
                });
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    private static void AppendRows(StringBuilder svg, QrSymbol symbol)
    {
        for (var y = 0; y < symbol.Size; y++)
        {
            AppendRow(svg, symbol, y);
        }
    }

    // A stroke is one unit wide and lies half a unit below the row's upper edge. The pen starts at the row's first run; each gap is a
    // relative move.
    private static void AppendRow(StringBuilder svg, QrSymbol symbol, int y)
    {
        var pen = -1;
        for (var x = 0; x < symbol.Size; x++)
        {
            if (!symbol[x, y])
            {
                continue;
            }

            var start = x;
            while (symbol[x, y])
            {
                x++;
            }

            _ = pen < 0
                ? svg.Append(CultureInfo.InvariantCulture, $"M{start + Margin} {y + Margin}.5h{x - start}")
                : svg.Append(CultureInfo.InvariantCulture, $"m{start - pen} 0h{x - start}");
            pen = x;
        }
    }
}
