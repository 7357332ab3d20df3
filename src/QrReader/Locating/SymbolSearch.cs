using System.Runtime.InteropServices;
using Parking.QrReader.Sampling;

namespace Parking.QrReader.Locating;

/// <summary>Reads the symbols among the finder patterns of one view: first those seen nearly straight on, then those in perspective.</summary>
/// <remarks>Looking for the perspective costs ten times as much as finding that there is none.</remarks>
internal sealed class SymbolSearch
{
    /// <summary>Patterns that are combined, and corners that are tried, where one symbol is wanted.</summary>
    private const int MostPatterns = 14, MostCorners = 6;

    /// <summary>The same where all are.</summary>
    private const int MostPatternsOfMany = 60, MostCornersOfMany = 64;

    /// <summary>Versions whose perspective is looked for, and poses refined of all of them.</summary>
    private const int LeastVersions = 4, MostPoses = 4;

    /// <summary>A pose must agree this well with the modules known from the version to be worth refining.</summary>
    private const float LeastScore = 0.2f;

    /// <summary>A pose that agrees so well once it is refined is that of a symbol, read or not; so many are remembered.</summary>
    private const float SureScore = 0.7f;

    private const int MostUnread = 4;

    /// <summary>A pose straight on must agree this well to be tried before the perspective is looked for.</summary>
    private const float LeastStraightScore = 0.3f;

    private readonly SymbolLocator _locator = new();
    private readonly SymbolSampler _sampler = new();
    private readonly List<PoseFit> _unread = [];
    private readonly List<CornerTriple> _triples = [];
    private readonly List<Candidate> _corners = [];

    /// <summary>A corner and the best pose it has if the symbol is seen straight on.</summary>
    private readonly record struct Candidate(CornerTriple Triple, PoseFit? Straight, int Rank)
    {
        public float Score => Straight?.Score ?? -1;
    }

    /// <summary>Begins a frame.</summary>
    public void Begin() => _unread.Clear();

    /// <summary>
    /// Tries the symbols that were located, but not read, in earlier views of the frame: another picture may show their modules better.
    /// </summary>
    public void ReadLocated(SampledView view, int most, List<SymbolReading> found)
    {
        foreach (var fit in _unread)
        {
            if (found.Count == most || view.Effort.IsSpent)
            {
                break;
            }
            if (_sampler.Read(view, fit, out _) is { } reading)
            {
                found.Add(reading);
            }
        }
    }

    /// <summary>Adds what it reads to <paramref name="found"/>, until so many are there as are wanted or the effort is spent.</summary>
    public void Read(SampledView view, List<FinderPattern> patterns, int most, List<SymbolReading> found)
    {
        DropFound(patterns, found);
        CornerTriple.Rank(patterns, most == 1 ? MostPatterns : MostPatternsOfMany, _triples);
        CollectCorners(view, most == 1 ? MostCorners : MostCornersOfMany);

        _corners.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        foreach (var corner in _corners)
        {
            if (found.Count == most || view.Effort.IsSpent || corner.Straight is not { Score: >= LeastStraightScore } fit)
            {
                break;
            }
            if (!IsFound(corner.Triple, found) && ReadOrRemember(view, fit) is { } reading)
            {
                found.Add(reading);
            }
        }

        _corners.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        foreach (var corner in _corners)
        {
            if (found.Count == most || view.Effort.IsSpent)
            {
                break;
            }
            if (!IsFound(corner.Triple, found) && ReadInPerspective(view, corner.Triple) is { } reading)
            {
                found.Add(reading);
            }
        }
    }

    /// <summary>
    /// The versions that fit best straight on are enough: the edges between the finder patterns fit the right one in any perspective.
    /// </summary>
    private SymbolReading? ReadInPerspective(SampledView view, CornerTriple triple)
    {
        var axes = new SymbolAxes(triple);
        var versions = CollectionsMarshal.AsSpan(_locator.LocateStraight(view, axes));
        var likely = Math.Min(versions.Length, Math.Max(LeastVersions, versions.Length / 2));
        return ReadBest(view, _locator.LocateByAlignment(view, axes, versions[..likely]));
    }

    private SymbolReading? ReadBest(SampledView view, List<PoseFit> fits)
    {
        for (var i = 0; i < Math.Min(fits.Count, MostPoses) && fits[i].Score >= LeastScore && !view.Effort.IsSpent; i++)
        {
            if (ReadOrRemember(view, fits[i]) is { } reading)
            {
                return reading;
            }
        }
        return null;
    }

    private SymbolReading? ReadOrRemember(SampledView view, PoseFit fit)
    {
        var reading = _sampler.Read(view, fit, out var refined);
        if (reading is null && refined.Score >= SureScore && _unread.Count < MostUnread)
        {
            _unread.Add(refined);
        }
        return reading;
    }

    private void CollectCorners(SampledView view, int most)
    {
        _corners.Clear();
        foreach (var triple in _triples)
        {
            var axes = new SymbolAxes(triple);
            if (_corners.Count == most || view.Effort.IsSpent)
            {
                break;
            }
            if (axes.IsCorner(view))
            {
                var straight = _locator.LocateStraight(view, axes);
                _corners.Add(new Candidate(triple, straight.Count > 0 ? straight[0] : null, _corners.Count));
            }
        }
    }

    private static void DropFound(List<FinderPattern> patterns, List<SymbolReading> found)
    {
        for (var i = patterns.Count - 1; i >= 0 && found.Count > 0; i--)
        {
            if (IsFound(patterns[i], found))
            {
                patterns.RemoveAt(i);
            }
        }
    }

    private static bool IsFound(CornerTriple triple, List<SymbolReading> found) =>
        IsFound(triple.TopLeft, found) || IsFound(triple.TopRight, found) || IsFound(triple.BottomLeft, found);

    private static bool IsFound(FinderPattern pattern, List<SymbolReading> found)
    {
        foreach (var reading in found)
        {
            if (SymbolOutline.Contains(reading.Corners, pattern.X, pattern.Y))
            {
                return true;
            }
        }
        return false;
    }
}
