using QRCoder;

namespace Parking.Codes;

/// <summary>A QR symbol as a square of modules (ISO/IEC 18004), without its quiet zone. Immutable.</summary>
public sealed class QrSymbol
{
    /// <summary>The number of light modules that the standard requires on each side of a symbol.</summary>
    public const int QuietZone = 4;

    private QrSymbol(QRCodeData data)
    {
        Data = data;
        Size = data.ModuleMatrix.Count - (2 * QuietZone);
    }

    /// <summary>The number of modules along one side: 17 + 4 × version; 45 for a code of ours (version 7).</summary>
    public int Size { get; }

    /// <summary>The library's object, including the quiet zone.</summary>
    internal QRCodeData Data { get; }

    /// <summary>Whether a module is dark. Outside the symbol it is light.</summary>
    /// <param name="x">The column, from the left, 0 for the symbol's first; any number.</param>
    /// <param name="y">The row, from the top, 0 for the symbol's first; any number.</param>
    public bool this[int x, int y] =>
        x >= 0 && y >= 0 && x < Size && y < Size && Data.ModuleMatrix[y + QuietZone][x + QuietZone];

    /// <summary>
    /// Creates the smallest symbol with error correction level M, which corrects about 15 % damage. Text of the Base45 alphabet uses
    /// alphanumeric mode.
    /// </summary>
    /// <param name="text">The text; at most 3,391 characters of the alphanumeric set, fewer of others.</param>
    /// <returns>The symbol.</returns>
    /// <exception cref="ArgumentException">The text is empty, or too long for any symbol.</exception>
    public static QrSymbol Encode(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        try
        {
            return new QrSymbol(QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M));
        }
        catch (QRCoder.Exceptions.DataTooLongException e)
        {
            throw new ArgumentException("The text is too long for a QR symbol.", nameof(text), e);
        }
    }
}
