using Parking.Optics.Images;
using Parking.QrReader;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.Optics.Stages;

/// <summary>
/// The steps of reading a frame, each with its result. The steps are those of the first view in which the symbol is read. If it is not read
/// in any view, they are those of the view with the best pose.
/// </summary>
internal sealed record ReaderStages
{
    public required GreyPicture Frame { get; init; }

    /// <summary>The number of the view that was searched for finder patterns, from 0.</summary>
    public required int SearchedView { get; init; }

    /// <summary>The thresholded view: pixels darker than their surroundings are black.</summary>
    public required GreyPicture Plane { get; init; }

    /// <summary>The finder patterns, greatest likeness first.</summary>
    public required IReadOnlyList<FinderPattern> Patterns { get; init; }

    /// <summary>The three patterns that the pose is based on; null if no three patterns form a plausible corner.</summary>
    public CornerTriple? Corner { get; init; }

    /// <summary>Whether only two patterns were found and the position of the third was assumed.</summary>
    public bool HasHiddenPattern { get; init; }

    /// <summary>The refined pose.</summary>
    public PoseFit? Pose { get; init; }

    /// <summary>The number of the view in which modules were sampled.</summary>
    public int SampledView { get; init; }

    public GreyPicture? Sampled { get; init; }

    /// <summary>The sampled modules, without deblurring.</summary>
    public ModuleGrid? Grid { get; init; }

    /// <summary>The result of these steps; null if nothing was read.</summary>
    public SymbolReading? Traced { get; init; }

    /// <summary>The result of <see cref="SymbolReader"/> on the whole frame; null if nothing was read.</summary>
    public SymbolReading? Reading { get; init; }

    /// <summary>A measure of how far the steps got: the score of the pose, 0 for patterns without a pose, −1 without patterns.</summary>
    public float Reached => Pose?.Score ?? (Patterns.Count > 0 ? 0 : -1);

    /// <summary>
    /// Repeats the reader's steps one by one. It tries the same views and poses as <see cref="SymbolReader"/>, with two differences: within
    /// a view the order of the poses is another, and the effort is not limited.
    /// </summary>
    public static ReaderStages Of(GreyPicture frame)
    {
        var tracer = new StageTracer(frame);
        ReaderStages? best = null;
        for (var view = 0; view < FrameViews.Count && best?.Traced is null; view++)
        {
            best = tracer.LookAt(view, best);
        }
        return best! with { Reading = new SymbolReader().Read(frame.AsFrame()) };
    }
}
