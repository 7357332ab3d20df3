using System.Runtime.InteropServices;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.QrReader;

/// <summary>
/// Reads the symbols among the finder patterns of one view: first those nearly without perspective, then those in perspective, then one
/// with only two visible patterns. Searching for a perspective costs ten times as much as testing for none.
/// </summary>
internal sealed class SymbolSearch
{
    /// <summary>The number of patterns combined and of corners tried when one symbol is wanted.</summary>
    public const int MostPatterns = 14, MostCorners = 6;

    /// <summary>The number of corners formed for the cost of one look.</summary>
    private const int TriplesPerLook = 4;

    /// <summary>
    /// The number of versions whose perspective is searched first, and of poses refined for them and then for the others.
    /// </summary>
    public const int LeastVersions = 4, MostPoses = 4;

    /// <summary>The least score of a pose that is refined.</summary>
    public const float LeastScore = 0.2f;

    /// <summary>The least score of a pose without perspective that is tried before perspective is searched.</summary>
    private const float LeastStraightScore = 0.3f;

    /// <summary>
    /// The least score of a refined pose that is certainly a symbol's, decoded or not; and how many of those are remembered.
    /// </summary>
    private const float SureScore = 0.7f;

    private const int MostUnread = 4;

    /// <summary>
    /// In one view, the search for perspective may use this fraction of the frame's effort: false corners of a bad view must not use up
    /// what better views need.
    /// </summary>
    private const int ShareOfPerspective = 6;

    private readonly SymbolLocator _locator = new();
    private readonly SymbolSampler _sampler = new();
    private readonly List<Unread> _unread = [];
    private readonly List<CornerTriple> _triples = [];
    private readonly List<Candidate> _corners = [];
    private readonly Predicate<FinderPattern> _isFound;
    private List<SymbolReading> _found = [];
    private int _most;

    public SymbolSearch() => _isFound = pattern => IsFound(pattern.Middle);

    /// <summary>A corner and its best pose without perspective.</summary>
    private readonly record struct Candidate(CornerTriple Triple, PoseFit Straight, int Rank);

    /// <summary>A symbol that was located but not decoded.</summary>
    private readonly record struct Unread(PoseFit Fit, bool IsInverted);

    /// <summary>Begins a frame.</summary>
    /// <param name="most">The largest number of symbols to read.</param>
    /// <param name="found">Receives the readings.</param>
    public void Begin(int most, List<SymbolReading> found)
    {
        (_most, _found) = (most, found);
        _unread.Clear();
    }

    /// <summary>
    /// Tries again the symbols that earlier views located but did not decode: another picture may show their modules better.
    /// </summary>
    public void ReadLocated(SampledView view)
    {
        for (var i = 0; i < _unread.Count && !IsDone(view); i++)
        {
            var unread = _unread[i];
            Keep(IsFound(unread.Fit.Middle) ? null : _sampler.Read(view with { IsInverted = unread.IsInverted }, unread.Fit, out _));
        }
    }

    /// <summary>Reads the symbols of the patterns until enough are found or the effort is spent.</summary>
    public void Read(SampledView view, List<FinderPattern> patterns)
    {
        foreach (ref var pattern in CollectionsMarshal.AsSpan(patterns))
        {
            pattern = pattern with { Likeness = PatternCircle.Likeness(view, pattern) };
        }
        patterns.RemoveAll(_isFound);
        Combine(view, patterns);
        CollectCorners(view);
        _corners.Sort(static (a, b) => b.Straight.Score.CompareTo(a.Straight.Score));
        for (var i = 0; i < _corners.Count && _corners[i].Straight.Score >= LeastStraightScore && !IsDone(view); i++)
        {
            Keep(IsFound(_corners[i].Triple) ? null : ReadOrRemember(view, _corners[i].Straight));
        }

        _corners.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        var limit = view.Effort.Spent + (view.Effort.Given / ShareOfPerspective);
        for (var i = 0; i < _corners.Count && view.Effort.Spent < limit && !IsDone(view); i++)
        {
            Keep(IsFound(_corners[i].Triple) ? null : ReadInPerspective(view, _corners[i].Triple));
        }
        if (!IsDone(view))
        {
            patterns.RemoveAll(_isFound);
            Keep(ReadWithoutThirdPattern(view, patterns));
        }
    }

    private void Combine(SampledView view, List<FinderPattern> patterns)
    {
        if (_most == 1)
        {
            CornerTriple.Rank(patterns, MostPatterns, _triples);
        }
        else
        {
            CornerTriple.RankMany(patterns, _triples);
            view.Effort.Spend((long)patterns.Count * patterns.Count / TriplesPerLook);
        }
        view.Effort.Spend(_triples.Count / TriplesPerLook);
    }

    private bool IsDone(SampledView view) => _found.Count >= _most || view.Effort.IsSpent;

    private void Keep(SymbolReading? reading)
    {
        if (reading is null)
        {
            return;
        }
        foreach (var known in _found)
        {
            if (SymbolOutline.IsSame(known.Corners, reading.Corners))
            {
                return;
            }
        }
        _found.Add(reading);
    }

    /// <summary>
    /// Collects the plausible corners. If many symbols are wanted, it reads clear ones at once, so that false corners between them and
    /// their neighbours need not be tried.
    /// </summary>
    private void CollectCorners(SampledView view)
    {
        _corners.Clear();
        for (var i = 0; i < _triples.Count && (_most > 1 || _corners.Count < MostCorners) && !IsDone(view); i++)
        {
            var axes = new SymbolAxes(_triples[i]);
            if (IsFound(_triples[i]) || !axes.IsCorner(view) || _locator.LocateStraight(view, axes) is not [var best, ..])
            {
                continue;
            }
            if (_most > 1 && best.Score >= SureScore && _sampler.Read(view, best, out _) is { } reading)
            {
                Keep(reading);
                continue;
            }
            _corners.Add(new Candidate(_triples[i], best, _corners.Count));
        }
    }

    /// <summary>
    /// The versions that fit best without perspective come first: the edges between the finder patterns usually fit the right version in
    /// any perspective.
    /// </summary>
    private SymbolReading? ReadInPerspective(SampledView view, CornerTriple triple)
    {
        var axes = new SymbolAxes(triple);
        var versions = CollectionsMarshal.AsSpan(_locator.LocateStraight(view, axes));
        var likely = Math.Min(versions.Length, Math.Max(LeastVersions, versions.Length / 2));
        return ReadBest(view, _locator.LocateByAlignment(view, axes, versions[..likely]))
            ?? ReadBest(view, _locator.LocateByAlignment(view, axes, versions[likely..]));
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

    /// <summary>Tries the best pose of all corners that two patterns may belong to.</summary>
    private SymbolReading? ReadWithoutThirdPattern(SampledView view, List<FinderPattern> patterns)
    {
        patterns.Sort(static (a, b) => b.Likeness.CompareTo(a.Likeness));
        PartialCorner.Complete(patterns, _triples);
        PoseFit? best = null;
        foreach (var corner in _triples)
        {
            if (view.Effort.IsSpent)
            {
                return null;
            }
            if (_locator.LocateStraight(view, new SymbolAxes(corner)) is [var fit, ..] && !(best?.Score >= fit.Score))
            {
                best = fit;
            }
        }
        return best is { Score: >= LeastScore } likely ? ReadOrRemember(view, likely) : null;
    }

    private SymbolReading? ReadOrRemember(SampledView view, PoseFit fit)
    {
        var reading = _sampler.Read(view, fit, out var refined);
        if (reading is null && refined.Score >= SureScore && _unread.Count < MostUnread && !IsRemembered(refined, view.IsInverted))
        {
            _unread.Add(new Unread(refined, view.IsInverted));
        }
        return reading;
    }

    private bool IsRemembered(PoseFit fit, bool isInverted)
    {
        foreach (var unread in _unread)
        {
            if (unread.IsInverted == isInverted && unread.Fit.Layout == fit.Layout && unread.Fit.IsNear(fit))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsFound(CornerTriple triple) =>
        IsFound(triple.TopLeft.Middle) || IsFound(triple.TopRight.Middle) || IsFound(triple.BottomLeft.Middle);

    private bool IsFound(FramePoint point)
    {
        foreach (var reading in _found)
        {
            if (SymbolOutline.Contains(reading.Corners, point))
            {
                return true;
            }
        }
        return false;
    }
}
