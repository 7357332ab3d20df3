using Parking.Optics.Corpora;
using Parking.Optics.Trials;

namespace Parking.QrReader.Tests.Optics.Trials;

public class TrialJsonTests
{
    private static readonly FrameOutcome[] Outcomes =
    [
        Outcome("clean", "入口", Verdict.Right, TimeSpan.FromMilliseconds(3.25)),
        Outcome("clean", "false", Verdict.Wrong, TimeSpan.FromMilliseconds(8.5)),
        Outcome("decoy-print", null, Verdict.Right, took: null) with { HasSymbol = false },
    ];

    private static readonly TrialResult Own = new("own", Outcomes, ["2.png: 无法读取"], TimeSpan.FromMilliseconds(1.5));
    private static readonly TrialResult ZXing = new("zxing", [], [], TimeSpan.Zero);

    [Fact]
    public void Of_OneReader_IsTheSample() =>
        SampleFile.Check("Samples/optics.json", TrialJson.Of([Own], new OpticsOptions { Seed = 7 }) + "\n");

    [Fact]
    public void Of_TwoReadersOfAFolder_IsTheSample() =>
        SampleFile.Check("Samples/optics-readers.json", TrialJson.Of([Own, ZXing], new OpticsOptions { Folders = ["corpus"] }) + "\n");

    private static FrameOutcome Outcome(string kind, string? text, Verdict verdict, TimeSpan? took) =>
        new(new PlannedFrame(() => throw new InvalidOperationException()), kind, Turned: 0, HasSymbol: true, text, verdict, took);
}
