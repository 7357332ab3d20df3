using Parking.Optics.Corpora;
using Parking.Optics.Images;
using Parking.Optics.Stages;

namespace Parking.QrReader.Tests.Optics.Stages;

public sealed class StageSheetTests : IDisposable
{
    private static readonly GeneratedCorpus Corpus = new(seed: 1, 640, 480, SymbolMix.Code);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_CleanFrame_DrawsEveryStage()
    {
        var frame = Take("clean");
        var stages = ReaderStages.Of(frame.Picture);
        StageSheet.Save(frame, _folder.PathOf("clean.png"));

        Assert.Equal(frame.Text, stages.Reading!.Text);
        Assert.Equal(frame.Text, stages.Traced!.Text);
        Assert.Equal((0, 0), (stages.SearchedView, stages.SampledView));
        Assert.True(PictureFile.Load(_folder.PathOf("clean.png")).Height > 700);
    }

    [Theory]
    [InlineData("decoy-print")]
    [InlineData("decoy-noise")]
    [InlineData("decoy-two-finders")]
    public void Save_Clutter_DrawsTheStagesThatThereAre(string kind)
    {
        var frame = Take(kind);
        StageSheet.Save(frame, _folder.PathOf("clutter.png"));

        Assert.Null(ReaderStages.Of(frame.Picture).Reading);
        Assert.True(PictureFile.Load(_folder.PathOf("clutter.png")).Height > 700);
    }

    [Fact]
    public void Save_BlankPicture_DrawsTheFrame()
    {
        var blank = new GreyPicture(1, 1, [128]);
        StageSheet.Save(new TrueFrame { Kind = "blank", Index = "0", Picture = blank }, _folder.PathOf("blank.png"));

        var stages = ReaderStages.Of(blank);
        Assert.Empty(stages.Patterns);
        Assert.Null(stages.Pose);
        Assert.True(PictureFile.Load(_folder.PathOf("blank.png")).Height > 700);
    }

    [Theory]
    [InlineData("gate-hard")]
    [InlineData("perspective-40")]
    [InlineData("reflection")]
    public void Of_FrameThatIsRead_ReachesTheSameText(string kind)
    {
        var stages = ReaderStages.Of(Take(kind).Picture);

        Assert.NotNull(stages.Reading);
        Assert.Equal(stages.Reading.Text, stages.Traced?.Text);
    }

    private static TrueFrame Take(string kind) => Corpus.Take(Assert.Single(FrameKind.Parse(kind, out _)!), 0);
}
