using Parking.Optics.Corpora;
using Parking.Optics.Readers;

namespace Parking.Optics.Trials;

/// <summary>The options of <c>optics</c>.</summary>
public sealed record OpticsOptions
{
    public const int DefaultFrames = 20, MostFrames = 100_000, MostJobs = 64, LeastSide = 120, MostSide = 4000;

    /// <summary>Folders of pictures to read. If there are none, frames are generated.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The number of frames to generate for each kind.</summary>
    public int Frames { get; init; } = DefaultFrames;

    public long Seed { get; init; } = 1;

    public IReadOnlyList<FrameKind> Kinds { get; init; } = FrameKind.Sets["all"];

    /// <summary>The strength of the distortions; 1 is their normal strength.</summary>
    public float Strength { get; init; } = 1;

    public SymbolMix Symbols { get; init; }

    /// <summary>The size of a generated frame, in pixels.</summary>
    public (int Width, int Height) Size { get; init; } = (Camera.Width, Camera.Height);

    /// <summary>The angles by which each picture is rotated, in degrees clockwise.</summary>
    public IReadOnlyList<int> Turns { get; init; } = [0];

    /// <summary>The names of the readers to try, from <see cref="PictureReaders"/>.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [PictureReaders.Own];

    /// <summary>The number of frames read at once. Times are reported only if it is 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The folder that every frame is saved to with its text; null to save none.</summary>
    public string? SaveFolder { get; init; }

    /// <summary>The file for the sheet of the hardest frames; null for none.</summary>
    public string? MontagePath { get; init; }

    /// <summary>The file for the sheet of our reader's steps on the hardest frame; null for none.</summary>
    public string? StagesPath { get; init; }

    /// <summary>Whether to write JSON instead of a table.</summary>
    public bool AsJson { get; init; }

    /// <summary>The frames to read.</summary>
    public IReadOnlyList<PlannedFrame> Plan()
    {
        IEnumerable<PlannedFrame> frames = Folders.Count > 0
            ? Folders.SelectMany(CorpusFolder.Plan)
            : new GeneratedCorpus(Seed, Size.Width, Size.Height, Symbols).Plan(Kinds.Select(kind => kind.At(Strength)), Frames);
        return [.. frames.SelectMany(frame => Turns.Select(turn => turn == 0 ? frame : new PlannedFrame(() => frame.Take().Turn(turn))))];
    }
}
