using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests.Decoding;

public sealed class CorrectionLimitTests
{
    /// <summary>Errors the standard lets a block of the smallest versions correct; all others half their parity (table 9).</summary>
    private static readonly Dictionary<(int Version, ErrorCorrectionLevel Level), int> Smallest = new()
    {
        [(1, ErrorCorrectionLevel.Low)] = 2,
        [(1, ErrorCorrectionLevel.Medium)] = 4,
        [(1, ErrorCorrectionLevel.Quartile)] = 6,
        [(1, ErrorCorrectionLevel.High)] = 8,
        [(2, ErrorCorrectionLevel.Low)] = 4,
        [(3, ErrorCorrectionLevel.Low)] = 7,
    };

    [Fact]
    public void MaxErrors_EveryBlockOfEverySymbol_IsAtMostOneBelowTheStandard()
    {
        for (var version = 1; version <= 40; version++)
        {
            foreach (var level in Enum.GetValues<ErrorCorrectionLevel>())
            {
                var blocks = new BlockStructure(SymbolLayout.For(version), level);
                var standard = Smallest.GetValueOrDefault((version, level), blocks.ParityCount / 2);
                for (var block = 0; block < blocks.BlockCount; block++)
                {
                    var length = blocks.DataCountOf(block) + blocks.ParityCount;
                    var errors = CorrectionLimit.MaxErrors(length, blocks.ParityCount, 0);

                    Assert.InRange(errors, standard - 1, standard);
                }
            }
        }
    }

    /// <summary>Counted out for a code small enough: 2 parity symbols, 3 symbols, 1 error.</summary>
    [Fact]
    public void Certainty_SmallCode_IsTheShareOfWordsOneErrorAway()
    {
        // Each of the 256 codewords has 3 · 255 words at distance one, out of 256³ words.
        var share = 256 * 3 * 255 / Math.Pow(256, 3);

        Assert.Equal(-Math.Log2(share), CorrectionLimit.Certainty(length: 3, parity: 2, erasures: 0, errors: 1), 9);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 0)]
    [InlineData(18, 10)]
    [InlineData(30, 22)]
    public void MaxErasures_AnyParity_LeavesEightSymbols(int parity, int expected) =>
        Assert.Equal(expected, CorrectionLimit.MaxErasures(parity));
}
