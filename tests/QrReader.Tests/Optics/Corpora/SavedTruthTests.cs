using Parking.Optics.Corpora;
using Parking.Optics.Images;

namespace Parking.QrReader.Tests.Optics.Corpora;

public sealed class SavedTruthTests : IDisposable
{
    private const string Sample = "Samples/corpus-truth.json";

    private static readonly TrueFrame Frame = new()
    {
        Kind = "clean+blur-055",
        Index = "3",
        Seed = 7,
        Text = "停车场",
        Picture = new GreyPicture(1, 1, [0]),
        Corners = [new(10, 20.5f), new(110.25f, 20), new(110, 120), new(-0.5f, 120)],
        Turned = 90,
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_FixedFrame_WritesTheSample()
    {
        CorpusFolder.Save(Frame, _folder.Path, 1);

        SampleFile.Check(Sample, File.ReadAllBytes(_folder.PathOf("1.json")));
    }

    [Fact]
    public void Plan_Sample_IsTheSameFrame()
    {
        Frame.Picture.SavePng(_folder.PathOf("1.png"));
        File.Copy(SampleFile.PathOf(Sample), _folder.PathOf("1.json"));

        var read = Assert.Single(CorpusFolder.Plan(_folder.Path)).Take();

        Assert.Equal(Frame.Corners, read.Corners!.Value);
        Assert.Equal(Frame with { Picture = read.Picture, Corners = read.Corners }, read);
    }
}
