using Parking.Optics.Corpora;
using Parking.Optics.Readers;

namespace Parking.Optics.Trials;

/// <summary>What <c>optics</c> is to do.</summary>
public sealed record OpticsOptions
{
    public const int DefaultFrames = 20, MostFrames = 100_000, MostJobs = 64, LeastSide = 120, MostSide = 4000;

    /// <summary>Folders of pictures; none: frames are made.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>How many frames of each kind are made.</summary>
    public int Frames { get; init; } = DefaultFrames;

    public long Seed { get; init; } = 1;

    public IReadOnlyList<FrameKind> Kinds { get; init; } = FrameKind.Sets["all"];

    /// <summary>How strong the distortions are: 1 is as they are.</summary>
    public float Strength { get; init; } = 1;

    public SymbolMix Symbols { get; init; }

    /// <summary>The size of a made frame, in pixels.</summary>
    public (int Width, int Height) Size { get; init; } = (Camera.Width, Camera.Height);

    /// <summary>The ways in which each picture is turned, in degrees, clockwise.</summary>
    public IReadOnlyList<int> Turns { get; init; } = [0];

    /// <summary>The names of the readers to try, from <see cref="PictureReaders"/>.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [PictureReaders.Own];

    /// <summary>How many frames are read at once; times are only told for one.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Where every frame is saved with its truth; null: nowhere.</summary>
    public string? SaveFolder { get; init; }

    /// <summary>Where the sheet of the hardest frames goes; null: nowhere.</summary>
    public string? MontagePath { get; init; }

    /// <summary>Where the sheet of our reader's steps on the hardest frame goes; null: nowhere.</summary>
    public string? StagesPath { get; init; }

    /// <summary>JSON in place of a table.</summary>
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
