using System.Text;
using Parking.Optics;
using Parking.Optics.Corpora;
using Parking.Optics.Images;

namespace Parking.QrReader.Tests.Optics.Corpora;

public sealed class CorpusFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plan_SavedFrames_AreTheSame()
    {
        TrueFrame[] frames =
        [
            .. new GeneratedCorpus(5, 320, 240, SymbolMix.Mixed)
                .Plan(FrameKind.Parse("gate-mix,blur-055*0.5+noise-30,decoy-print", out _)!, 2).Select(static frame => frame.Take()),
        ];
        for (var i = 0; i < frames.Length; i++)
        {
            CorpusFolder.Save(frames[i], _folder.Path, i + 1);
        }

        var loaded = CorpusFolder.Plan(_folder.Path).Select(static frame => frame.Take()).ToArray();

        Assert.Equal(frames.Length, loaded.Length);
        for (var i = 0; i < frames.Length; i++)
        {
            Assert.Equal(
                (frames[i].Kind, frames[i].Index, frames[i].Seed, frames[i].Text),
                (loaded[i].Kind, loaded[i].Index, loaded[i].Seed, loaded[i].Text));
            Assert.Equal(frames[i].Picture.Pixels, loaded[i].Picture.Pixels);
            Assert.Equal(frames[i].Corners is null, loaded[i].Corners is null);
            Assert.True(frames[i].Corners is null || frames[i].Corners!.Value.SequenceEqual(loaded[i].Corners!.Value));
        }
    }

    [Fact]
    public void Plan_PicturesThatPeopleTook_TakesTextOrBytesAndTheFoldersName()
    {
        Picture("10.png");
        File.WriteAllText(_folder.PathOf("10.txt"), "停车场\n");
        Picture("9.png");
        File.WriteAllBytes(_folder.PathOf("9.bin"), [0xE9, 0x00]);
        Picture("8.png");

        var frames = CorpusFolder.Plan(_folder.Path).Select(static frame => frame.Take()).ToArray();

        Assert.Equal(["\u00E9\0", "停车场\n"], frames.Select(static frame => frame.Text));
        Assert.Equal(["9", "10"], frames.Select(static frame => frame.Index));
    }

    [Fact]
    public void Turn_QuarterTurns_TakeTheCornersWithThem()
    {
        var frame = new GeneratedCorpus(5, 320, 240, SymbolMix.Mixed).Take(new FrameKind(Distortion.Clean, null), 1);
        var turned = frame.Turn(90);

        Assert.Equal((240, 320, 90), (turned.Picture.Width, turned.Picture.Height, turned.Turned));
        Assert.Equal(240 - frame.Corners!.Value[0].Y, turned.Corners!.Value[0].X);
        Assert.Equal(frame.Picture.Pixels, turned.Turn(270).Picture.Pixels);
        Assert.Equal(frame.Text, new SymbolReader().Read(turned.Picture.AsFrame())?.Text);
    }

    [Theory]
    [InlineData("posed,classic", 19)]
    [InlineData("clean, clean,gate-mix", 2)]
    [InlineData("decoy-print+blur-055*0.5+noise-30", 1)]
    public void Parse_KindsAndSets_NamesEachOnce(string text, int expected) => Assert.Equal(expected, FrameKind.Parse(text, out _)!.Count);

    [Theory]
    [InlineData("clean,foggy", "foggy")]
    [InlineData("clean+decoy-print+decoy-noise", "decoy-noise")]
    [InlineData("blur-055*9", "blur-055*9")]
    public void Parse_UnknownPart_IsNamed(string text, string expected)
    {
        Assert.Null(FrameKind.Parse(text, out var unknown));
        Assert.Equal(expected, unknown);
    }

    /// <summary>Symbols of every version, level and alphabet can be drawn; no text is too long for its symbol.</summary>
    [Fact]
    public void Draw_MixedSymbols_AreOfManyVersions()
    {
        var sizes = Enumerable.Range(0, 150)
            .Select(static i => SymbolMixes.Draw(SymbolMix.Mixed, new SeededRandom(1, "mixed", i)).Symbol.Size).ToHashSet();

        Assert.All(sizes, static size => Assert.InRange(size, 21, 77));
        Assert.True(sizes.Count >= 13, $"{sizes.Count} sizes");
    }

    private void Picture(string name) => new GreyPicture(4, 4, Encoding.ASCII.GetBytes("0123456789ABCDEF")).SavePng(_folder.PathOf(name));
}
