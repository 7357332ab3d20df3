using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

public sealed class SymbolDecoderTests
{
    private const int Masks = 8;

    private static readonly ErrorCorrectionLevel[] Levels = Enum.GetValues<ErrorCorrectionLevel>();
    private static readonly SegmentMode[] Modes = [SegmentMode.Numeric, SegmentMode.Alphanumeric, SegmentMode.Byte, SegmentMode.Kanji];

    private readonly SymbolDecoder _decoder = new();

    public static TheoryData<int> Versions => new(Enumerable.Range(1, 40));

    /// <summary>5,120 symbols, each filled to its capacity.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void Decode_EveryLevelModeAndMask_IsTheTextUncorrected(int version)
    {
        var random = new Random(version);
        var layout = SymbolLayout.For(version);
        foreach (var level in Levels)
        {
            foreach (var mode in Modes)
            {
                var text = SampleText.Of(mode, SegmentWriting.Capacity(mode, version, WrittenSymbol.Bits(version, level)), random);
                var symbol = WrittenSymbol.Of(new BitWriter().WriteSegment(mode, version, text), version, level);
                for (var mask = 0; mask < Masks; mask++)
                {
                    var decoded = _decoder.Decode(layout, symbol.Modules(mask), []);

                    Assert.NotNull(decoded);
                    Assert.Equal(text, decoded.Content.Text);
                    Assert.Equal(new FormatInformation(level, mask), decoded.Format);
                    Assert.Equal(default, decoded.Correction);
                    Assert.Equal(1, decoded.Confidence);
                }
            }
        }
    }

    /// <summary>
    /// QRCoder is an independent encoder. If it draws the same modules, our encoder has no mistake in common with this reader.
    /// </summary>
    [Fact]
    public void WrittenSymbol_EveryVersionAndLevel_IsWhatQrCoderDraws()
    {
        for (var version = 1; version <= 40; version++)
        {
            var level = Levels[version % 4];
            var text = SampleText.Of(
                SegmentMode.Alphanumeric, SegmentWriting.Capacity(SegmentMode.Alphanumeric, version, WrittenSymbol.Bits(version, level)),
                new Random(version));
            var drawn = DrawnSymbol.Of(text, level, version);
            var mask = _decoder.Decode(drawn.Layout, drawn.Modules(), [])!.Format.Mask;

            var written = WrittenSymbol.Of(new BitWriter().WriteSegment(SegmentMode.Alphanumeric, version, text), version, level)
                .Modules(mask);

            Assert.True(written.AsSpan().SequenceEqual(drawn.Modules()), $"version {version}, level {level}");
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Decode_AsManyErrorsAsEachBlockMayHave_IsTheTextWithNothingLeft(int version) => ForEveryLevel(
        version,
        damage =>
        {
            for (var block = 0; block < damage.BlockCount; block++)
            {
                damage.Spoil(block, damage.ErrorLimit(block, erasures: 0));
            }

            var decoded = _decoder.Decode(damage.Layout, damage.Modules, []);

            Assert.NotNull(decoded);
            Assert.Equal(damage.Text, decoded.Content.Text);
            Assert.Equal(damage.Spoilt, decoded.Correction.Changed);
            Assert.Equal(damage.Spoilt, decoded.Correction.Errors);
            Assert.InRange(decoded.Confidence, 0, 0.3);
        });

    /// <summary>One block has one error more than the limit. In most versions its parity alone could still correct it.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void Decode_OneErrorMoreThanABlockMayHave_IsRefused(int version) => ForEveryLevel(
        version,
        damage =>
        {
            var block = damage.Random.Next(damage.BlockCount);
            damage.Spoil(block, damage.ErrorLimit(block, erasures: 0) + 1);

            Assert.Null(_decoder.Decode(damage.Layout, damage.Modules, []));
        });

    /// <summary>
    /// A codeword of low confidence costs half as much as an error. So nearly all parity can be used, except for the eight symbols that are
    /// kept.
    /// </summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void Decode_AsManyErasuresAsEachBlockMayHave_IsTheText(int version) => ForEveryLevel(
        version,
        damage =>
        {
            for (var block = 0; block < damage.BlockCount; block++)
            {
                var erasures = damage.ErasureLimit(block);
                damage.Spoil(block, damage.ErrorLimit(block, erasures));
                damage.SpoilUnsure(block, erasures);
            }

            var decoded = _decoder.Decode(damage.Layout, damage.Modules, damage.Confidence);

            Assert.NotNull(decoded);
            Assert.Equal(damage.Text, decoded.Content.Text);
            Assert.Equal(damage.Spoilt, decoded.Correction.Changed);
            Assert.InRange(decoded.Confidence, 0, 1);
        });

    [Theory]
    [MemberData(nameof(Versions))]
    public void Decode_OneErrorMoreBesideAllErasures_IsRefused(int version) => ForEveryLevel(
        version,
        damage =>
        {
            var block = damage.Random.Next(damage.BlockCount);
            var erasures = damage.ErasureLimit(block);
            damage.Spoil(block, damage.ErrorLimit(block, erasures) + 1);
            damage.SpoilUnsure(block, erasures);

            Assert.Null(_decoder.Decode(damage.Layout, damage.Modules, damage.Confidence));
        });

    /// <summary>The confidence falls with every error of the most damaged block, and only with these.</summary>
    [Fact]
    public void Decode_MoreAndMoreErrors_IsLessAndLessConfident()
    {
        var damage = new Damage(7, ErrorCorrectionLevel.Medium, new Random(3));
        var before = 1.0;
        for (var errors = 1; errors <= damage.ErrorLimit(1, erasures: 0); errors++)
        {
            damage.Spoil(1, 1);
            var confidence = _decoder.Decode(damage.Layout, damage.Modules, [])!.Confidence;
            Assert.InRange(confidence, 0, before - 0.05);
            before = confidence;
        }

        damage.Spoil(0, 1);
        Assert.Equal(before, _decoder.Decode(damage.Layout, damage.Modules, [])!.Confidence);
    }

    [Fact]
    public void Decode_NothingRead_AllocatesNothing()
    {
        var random = new Random(1);
        var (modules, confidence) = (new bool[177 * 177], new float[177 * 177]);
        var damages = Enumerable.Range(1, 40).Select(version => new Damage(version, ErrorCorrectionLevel.Medium, random)).ToArray();
        foreach (var damage in damages)
        {
            // Decode once before measuring, because tables are created at first use.
            var grid = damage.Modules;
            damage.Spoil(0, damage.ErrorLimit(0, erasures: 0) + 3);
            Assert.Null(_decoder.Decode(damage.Layout, grid, damage.Confidence));
            foreach (var level in Enum.GetValues<ErrorCorrectionLevel>())
            {
                damage.Layout.Blocks(level);
            }
            for (var mask = 0; mask < DataMask.Count; mask++)
            {
                damage.Layout.Mask(mask);
            }
        }

        var (read, allocated) = (0, 0L);
        foreach (var damage in damages)
        {
            for (var i = 0; i < 5; i++)
            {
                for (var j = 0; j < modules.Length; j++)
                {
                    (modules[j], confidence[j]) = (random.Next(2) == 0, (float)random.NextDouble());
                }
                allocated += Allocations.Of(() => read += _decoder.Decode(damage.Layout, modules, confidence) is null ? 0 : 1);
                allocated += Allocations.Of(
                    () => read += _decoder.Decode(damage.Layout, damage.Modules, damage.Confidence) is null ? 0 : 1);
            }
        }

        Assert.Equal(0, allocated);
        Assert.Equal(0, read);
    }

    [Fact]
    public void Decode_SymbolRead_AllocatesWhatItGives()
    {
        var damage = new Damage(10, ErrorCorrectionLevel.Medium, new Random(1));
        damage.Spoil(2, 3);
        for (var i = 0; i < 3; i++)
        {
            _decoder.Decode(damage.Layout, damage.Modules, damage.Confidence);
        }

        DecodedSymbol? decoded = null;
        var allocated = Allocations.Of(() => decoded = _decoder.Decode(damage.Layout, damage.Modules, damage.Confidence));

        // The result allocates a string, an array with its header, and a record.
        Assert.InRange(allocated, 1, (sizeof(char) * decoded!.Content.Text.Length) + decoded.Content.Bytes.Length + 200);
    }

    private static void ForEveryLevel(int version, Action<Damage> check)
    {
        foreach (var level in Levels)
        {
            check(new Damage(version, level, new Random((version * 4) + (int)level)));
        }
    }
}
