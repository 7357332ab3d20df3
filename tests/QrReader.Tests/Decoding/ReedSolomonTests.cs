using CsCheck;
using Parking.QrReader.Decoding;

namespace Parking.QrReader.Tests.Decoding;

public sealed class ReedSolomonTests
{
    /// <summary>Generates blocks as they occur in symbols, each with its positions in random order.</summary>
    private static readonly Gen<(byte[] Codeword, int Parity, int[] Places, byte[] Damage)> Blocks =
        from parity in Gen.Int[7, ReedSolomon.MaxParity]
        from data in Gen.Byte.Array[9, 123]
        from places in Gen.Shuffle(Enumerable.Range(0, data.Length + parity).ToArray())
        from damage in Gen.Byte[1, 255].Array[data.Length + parity]
        select (FieldArithmetic.Encode(data, parity), parity, places, damage);

    [Fact]
    public void TryCorrect_ErrorsAndErasuresWithinTheParity_RestoresTheBlock() =>
        Gen.Select(Blocks, Gen.Int[0, 30], Gen.Int[0, 15]).SampleCases(
            Depth.Cases,
            (block, wantedErasures, wantedErrors) =>
            {
                var erasures = Math.Min(wantedErasures, block.Parity);
                var errors = Math.Min(wantedErrors, (block.Parity - erasures) / 2);
                var damaged = Damage(block.Codeword, block.Places, block.Damage, erasures + errors);

                Assert.True(TryCorrect(damaged, block.Parity, block.Places.AsSpan(0, erasures), errors, out var corrected));
                Assert.Equal(block.Codeword, damaged);
                Assert.Equal(erasures + errors, corrected);
            });

    /// <summary>An erased symbol may have been right. Then it is not counted as corrected.</summary>
    [Fact]
    public void TryCorrect_ErasuresThatWereRight_CountsOnlyWhatChanged() =>
        Blocks.SampleCases(
            Depth.Cases,
            block =>
            {
                var damaged = Damage(block.Codeword, block.Places, block.Damage, 2);

                Assert.True(TryCorrect(damaged, block.Parity, block.Places.AsSpan(0, 5), 1, out var corrected));
                Assert.Equal(block.Codeword, damaged);
                Assert.Equal(2, corrected);
            });

    /// <summary>With the limit of certainty, damage beyond the limit is always detected and the block stays unchanged.</summary>
    [Fact]
    public void TryCorrect_MoreDamageThanTheLimit_RefusesAndLeavesTheBlock() =>
        Gen.Select(Blocks, Gen.Int[0, 22], Gen.Int[1, 30]).SampleCases(
            Depth.Cases,
            (block, wantedErasures, more) =>
            {
                var erasures = Math.Min(wantedErasures, CorrectionLimit.MaxErasures(block.Parity));
                var limit = CorrectionLimit.MaxErrors(block.Codeword.Length, block.Parity, erasures);
                var errors = Math.Min(limit + more, block.Codeword.Length - erasures);
                var damaged = Damage(block.Codeword, block.Places, block.Damage, erasures + errors);
                var before = damaged.ToArray();

                Assert.False(limit >= 0 && TryCorrect(damaged, block.Parity, block.Places.AsSpan(0, erasures), limit, out _));
                Assert.Equal(before, damaged);
            });

    [Fact]
    public void TryCorrect_RandomBytes_Refuses() =>
        Gen.Select(Gen.Byte.Array[26, 153], Gen.Int[7, ReedSolomon.MaxParity]).SampleCases(
            Depth.Cases,
            (block, parity) =>
            {
                var limit = CorrectionLimit.MaxErrors(block.Length, parity, 0);

                Assert.False(limit >= 0 && TryCorrect(block, parity, [], limit, out _));
            });

    private static bool TryCorrect(Span<byte> block, int parity, ReadOnlySpan<int> erasures, int maxErrors, out int corrected)
    {
        corrected = 0;
        Span<byte> syndromes = stackalloc byte[parity];
        if (!ReedSolomon.ComputeSyndromes(block, syndromes))
        {
            return true;
        }
        var isCorrected = ReedSolomon.TryCorrect(block, syndromes, erasures, maxErrors, out var correction);
        corrected = correction.Changed;
        return isCorrected;
    }

    private static byte[] Damage(byte[] codeword, int[] places, byte[] damage, int count)
    {
        var damaged = codeword.ToArray();
        foreach (var place in places.Take(count))
        {
            damaged[place] ^= damage[place];
        }
        return damaged;
    }
}
