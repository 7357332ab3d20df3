using System.Text;
using Parking.Codes;
using Parking.Codes.Devices;
using QRCoder;

namespace Parking.Optics.Corpora;

/// <summary>The symbols to photograph.</summary>
public enum SymbolMix
{
    /// <summary>Texts of the form of parking codes: 171 characters, version 7 at level M.</summary>
    Code,

    /// <summary>
    /// Texts of the form of devices' codes: 426 characters, version 13 at level M. They are shown as wide as a code of the service, so that
    /// a kind means the same distance.
    /// </summary>
    Device,

    /// <summary>Versions 1 to 15 at all levels, with digits, capital letters, web addresses or Chinese text.</summary>
    Mixed,
}

/// <summary>Draws random texts and encodes them as symbols.</summary>
internal static class SymbolMixes
{
    /// <summary>The side of a code of the service, version 7, with its quiet zone.</summary>
    public const float ModulesOfCode = 45 + (2 * QrSymbol.QuietZone);

    private const int MostVersion = 15;

    private const string Digits = "0123456789", Alphanumeric = Digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:",
        Address = Digits + "abcdefghijklmnopqrstuvwxyz-._~/?#&=%", Chinese = "停车场入口出口京沪粤苏浙空位已满欢迎请稍候";

    public static (string Text, SymbolPattern Symbol) Draw(SymbolMix mix, SeededRandom random)
    {
        if (mix != SymbolMix.Mixed)
        {
            var (prefix, length) = mix == SymbolMix.Code
                ? (CodeFormat.Prefix, CodeFormat.TextLength)
                : (DeviceCodeFormat.Prefix, DeviceCodeFormat.TextLength);
            var code = prefix + Letters(random, Alphanumeric, length - prefix.Length);
            return (code, PatternOf(code, QRCodeGenerator.ECCLevel.M));
        }
        var level = (QRCodeGenerator.ECCLevel)random.Below(4);
        var bytes = MostBytes(1 + random.Below(MostVersion), level);
        // The capacity of one byte: 2.4 digits, 1.45 alphanumeric characters, one character of an address, a third of a Chinese character.
        var text = random.Below(4) switch
        {
            0 => Letters(random, Digits, bytes * 12 / 5),
            1 => Letters(random, Alphanumeric, bytes * 29 / 20),
            2 => Letters(random, Address, bytes),
            _ => Letters(random, Chinese, Math.Max(1, bytes / 3)),
        };
        return (text, PatternOf(text, level));
    }

    private static SymbolPattern PatternOf(string text, QRCodeGenerator.ECCLevel level)
    {
        // Without the ECI header, some readers decode UTF-8 as another character set.
        var eci = Ascii.IsValid(text) ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8;
        using var data = QRCodeGenerator.GenerateQrCode(text, level, eciMode: eci);
        var matrix = data.ModuleMatrix;
        return new SymbolPattern(matrix.Count - (2 * QrSymbol.QuietZone), (x, y) => matrix[y + QrSymbol.QuietZone][x + QrSymbol.QuietZone]);
    }

    /// <summary>An estimate of the number of bytes that fit into a symbol, a little below the standard's tables.</summary>
    private static int MostBytes(int version, QRCodeGenerator.ECCLevel level)
    {
        var alignments = version == 1 ? 0 : (version / 7) + 2;
        var modules = (((16 * version) + 128) * version) + 64
            - (alignments == 0 ? 0 : (((25 * alignments) - 10) * alignments) - 55) - (version < 7 ? 0 : 36);
        var percent =
            level switch { QRCodeGenerator.ECCLevel.L => 73, QRCodeGenerator.ECCLevel.M => 60, QRCodeGenerator.ECCLevel.Q => 44, _ => 33 };
        return Math.Max(1, (modules / 8 * percent / 100) - 4);
    }

    private static string Letters(SeededRandom random, string alphabet, int length) =>
        string.Create(length, (random, alphabet), static (text, state) =>
    {
        foreach (ref var letter in text)
        {
            letter = state.alphabet[state.random.Below(state.alphabet.Length)];
        }
    });
}
