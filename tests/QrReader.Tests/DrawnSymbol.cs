using Parking.Optics;
using Parking.Optics.Images;
using Parking.QrReader.Decoding;
using QRCoder;

namespace Parking.QrReader.Tests;

/// <summary>Symbols drawn by QRCoder, an encoder that is independent of this reader.</summary>
internal sealed class DrawnSymbol
{
    private const int QuietZone = SymbolPattern.QuietZone;
    private const string Base45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private readonly List<System.Collections.BitArray> _matrix;

    private DrawnSymbol(QRCodeData data) => _matrix = data.ModuleMatrix;

    /// <summary>Modules a side.</summary>
    public int Size => _matrix.Count - (2 * QuietZone);

    public SymbolPattern Pattern => new(Size, IsDark);

    public SymbolLayout Layout => SymbolLayout.For((Size - SymbolLayout.SizeOfVersion0) / 4);

    public static DrawnSymbol Of(
        string text, ErrorCorrectionLevel level, int version = -1, QRCodeGenerator.EciMode eci = QRCodeGenerator.EciMode.Default)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, LevelOf(level), eciMode: eci, requestedVersion: version);
        return new DrawnSymbol(data);
    }

    /// <summary>A text of the form of a parking code: 171 characters, version 7 at level M.</summary>
    public static string CodeText(Random random) => "SP1:" + AlphanumericText(random, 167);

    /// <summary>The longest text that fits into a symbol.</summary>
    public static string FullText(int version, ErrorCorrectionLevel level)
    {
        var blocks = new BlockStructure(SymbolLayout.For(version), level);
        var headerBits = 4 + (version < 10 ? 9 : version < 27 ? 11 : 13);
        return AlphanumericText(new Random(version), ((blocks.DataCount * 8) - headerBits) * 2 / 11);
    }

    public static string AlphanumericText(Random random, int length) => new(random.GetItems<char>(Base45, length));

    public bool IsDark(int x, int y) => _matrix[y + QuietZone][x + QuietZone];

    /// <summary>The modules row by row; true is dark.</summary>
    public bool[] Modules()
    {
        var modules = new bool[Size * Size];
        for (var i = 0; i < modules.Length; i++)
        {
            modules[i] = IsDark(i % Size, i / Size);
        }
        return modules;
    }

    /// <summary>An undistorted picture with the quiet zone around the symbol.</summary>
    public GreyPicture Picture(int modulePixels)
    {
        var side = _matrix.Count * modulePixels;
        var pixels = new byte[side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = _matrix[i / side / modulePixels][i % side / modulePixels] ? (byte)0 : byte.MaxValue;
        }
        return new GreyPicture(side, side, pixels);
    }

    private static QRCodeGenerator.ECCLevel LevelOf(ErrorCorrectionLevel level) => level switch
    {
        ErrorCorrectionLevel.Low => QRCodeGenerator.ECCLevel.L,
        ErrorCorrectionLevel.Medium => QRCodeGenerator.ECCLevel.M,
        ErrorCorrectionLevel.Quartile => QRCodeGenerator.ECCLevel.Q,
        _ => QRCodeGenerator.ECCLevel.H,
    };
}
