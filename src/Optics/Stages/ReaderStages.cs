using Parking.Optics.Images;
using Parking.QrReader;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.Optics.Stages;

/// <summary>
/// What a reader makes of a frame, step by step, in the view that leads farthest: the first that is read, else the one whose pose fits
/// best.
/// </summary>
internal sealed record ReaderStages
{
    public required GreyPicture Frame { get; init; }

    /// <summary>The number of the view in which patterns were looked for, from 0.</summary>
    public required int SearchedView { get; init; }

    /// <summary>That view, black where it is dark against its surroundings.</summary>
    public required GreyPicture Plane { get; init; }

    /// <summary>The finder patterns, the most like first.</summary>
    public required IReadOnlyList<FinderPattern> Patterns { get; init; }

    /// <summary>The three that the pose stands on; null where no three look like a symbol's.</summary>
    public CornerTriple? Corner { get; init; }

    /// <summary>Whether the third was made up: only two are to be seen.</summary>
    public bool HasHiddenPattern { get; init; }

    /// <summary>The refined pose.</summary>
    public PoseFit? Pose { get; init; }

    /// <summary>The number of the view in which modules were sampled, and that picture.</summary>
    public int SampledView { get; init; }

    public GreyPicture? Sampled { get; init; }

    /// <summary>The modules as they were sampled, before any neighbours' light is taken out.</summary>
    public ModuleGrid? Grid { get; init; }

    /// <summary>What these steps read.</summary>
    public SymbolReading? Traced { get; init; }

    /// <summary>What the reader itself read in the whole frame.</summary>
    public SymbolReading? Reading { get; init; }

    /// <summary>How far the steps led: a pose by its score, patterns without a pose as 0.</summary>
    public float Reached => Pose?.Score ?? (Patterns.Count > 0 ? 0 : -1);

    /// <summary>
    /// Goes through the steps once more, one by one. It tries what <see cref="SymbolReader"/> tries, in the same order but for the poses of
    /// one view, with no limit to what that may cost.
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
