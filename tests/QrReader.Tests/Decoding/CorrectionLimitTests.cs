using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

public sealed class CorrectionLimitTests
{
    /// <summary>
    /// The number of errors that the standard corrects in a block of the smallest versions. In all others it is half the parity (table 9).
    /// </summary>
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

    /// <summary>
    /// In 13 of the 160 combinations of version and level the standard accepts less certainty; one error less is corrected there.
    /// </summary>
    [Fact]
    public void MaxErrors_SymbolsWithLittleParity_IsOneBelowTheStandard()
    {
        var below = 0;
        for (var version = 1; version <= 40; version++)
        {
            foreach (var level in Enum.GetValues<ErrorCorrectionLevel>())
            {
                var parity = SymbolLayout.For(version).Blocks(level).ParityCount;
                var blocks = StandardTables.BlocksOf(version, level);
                below += CorrectionLimit.MaxErrors(blocks[^1].Total, parity, 0) < Smallest.GetValueOrDefault((version, level), parity / 2)
                    ? 1
                    : 0;
            }
        }

        Assert.Equal(13, below);
        Assert.Equal(1, CorrectionLimit.MaxErrors(length: 26, parity: 7, erasures: 0));
        Assert.Equal(3, CorrectionLimit.MaxErrors(length: 26, parity: 10, erasures: 0));
        Assert.Equal(9, CorrectionLimit.MaxErrors(length: 49, parity: 18, erasures: 0));
    }

    [Fact]
    public void Unspent_NothingCorrected_IsOneAndFallsToNothingAtTheLimit()
    {
        Assert.Equal(1, CorrectionLimit.Unspent(49, 18, erasures: 0, errors: 0));
        Assert.InRange(CorrectionLimit.Unspent(49, 18, erasures: 4, errors: 0), 0.5, 0.9);
        Assert.InRange(CorrectionLimit.Unspent(49, 18, erasures: 0, errors: CorrectionLimit.MaxErrors(49, 18, 0)), 0, 0.2);
    }

    /// <summary>Compares the formula with an exact count for a small code: 2 parity symbols, 3 symbols, 1 error.</summary>
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
