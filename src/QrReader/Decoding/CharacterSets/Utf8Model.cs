using System.Buffers;
using System.Text;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Any language in UTF-8. Hardly any text in another set is valid UTF-8, so this need not be exact.</summary>
internal sealed class Utf8Model : WritingModel
{
    public override int Cost(ReadOnlySpan<byte> bytes)
    {
        var cost = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != OperationStatus.Done)
            {
                return Impossible;
            }
            cost += rune.IsAscii ? CostOfAscii(bytes[0]) : CostOf(rune.Value);
            bytes = bytes[length..];
        }
        return cost;
    }

    private static int CostOf(int character) => character switch
    {
        < 0xA0 => 16,
        < 0x370 => 9,
        < 0x800 => 7,
        < 0x2000 => 9,
        < 0x3000 => 12,
        < 0x3100 => 8,
        < 0xA000 => 12,
        < 0xD800 => 11,
        < 0xF900 => 24,
        < 0xFF00 => 16,
        < 0x1_0000 => 11,
        _ => 20,
    };
}
