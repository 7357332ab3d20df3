using System.Collections.Immutable;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;

namespace Parking.QrReader;

/// <summary>Reads the QR symbols (ISO/IEC 18004, versions 1 to 40) in a picture.</summary>
/// <remarks>
/// <para>It returns a symbol's text or nothing: a block of codewords is accepted only if a random block would be accepted less than once in
/// 2⁴⁰. If the symbol names no character set, its bytes are decoded as UTF-8, ISO/IEC 8859-1 or Shift-JIS, whichever fits
/// (<see cref="SymbolReading.Bytes"/> has the bytes themselves). Micro QR is not read.</para>
/// <para>A reader reuses its working memory, about five bytes per pixel of the largest frame. It is not thread-safe; use one reader per
/// thread.</para>
/// </remarks>
public sealed class SymbolReader
{
    /// <summary>The search near the previous reading may use one part in this many of the effort.</summary>
    private const int ShareOfNear = 4;

    private readonly FrameViews _views = new();
    private readonly DarkPlane _plane = new();
    private readonly Effort _effort = new();
    private readonly List<FinderPattern> _patterns = [];
    private readonly SymbolSearch _search = new();
    private readonly List<SymbolReading> _found = [];

    private long _spentNear;

    /// <summary>The looks spent on the last frame.</summary>
    internal long EffortSpent => _spentNear + _effort.Spent;

    /// <summary>Reads the first symbol found.</summary>
    /// <param name="frame">The frame. Nothing of it is kept.</param>
    /// <param name="options">The effort, and the previous reading.</param>
    /// <returns>The reading; null if no symbol can be read with certainty.</returns>
    public SymbolReading? Read(GreyFrame frame, ReadOptions options = default)
    {
        if (frame.Width == 0)
        {
            return null;
        }
        var effort = options.EffortFor(frame);
        _spentNear = 0;
        if (options.Previous is { } previous && ReadNear(frame, previous, effort / ShareOfNear) is { } reading)
        {
            return reading;
        }
        if (options.Previous is not null)
        {
            _spentNear = _effort.Spent;
        }
        ReadViews(frame, most: 1, effort - _spentNear);
        return _found.Count > 0 ? _found[0] : null;
    }

    /// <summary>Reads the symbols in a frame, each once, in the order they are found: easy ones first.</summary>
    /// <param name="frame">The frame. Nothing of it is kept.</param>
    /// <param name="most">
    /// The largest number of symbols. The search ends when they are found, or when all views are tried or the effort is spent.
    /// </param>
    /// <param name="options">The effort. <see cref="ReadOptions.Previous"/> is ignored.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 1.</exception>
    public ImmutableArray<SymbolReading> ReadAll(GreyFrame frame, int most = int.MaxValue, ReadOptions options = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (frame.Width == 0)
        {
            return [];
        }
        _spentNear = 0;
        ReadViews(frame, most, options.EffortFor(frame));
        return [.. _found];
    }

    /// <summary>Searches the place of the previous reading with a margin of half its size.</summary>
    private SymbolReading? ReadNear(GreyFrame frame, SymbolReading previous, long effort)
    {
        _effort.Begin(effort);
        if (!SymbolOutline.TryFrame(previous.Corners, frame.Width, frame.Height, out var left, out var top, out var right, out var bottom))
        {
            return null;
        }
        var part = new GreyFrame(frame.Pixels[((top * frame.Stride) + left)..], right - left, bottom - top, frame.Stride);
        ReadViews(part, most: 1, effort, new FramePoint(left, top));
        return _found.Count > 0 ? _found[0] : null;
    }

    private void ReadViews(GreyFrame frame, int most, long effort, FramePoint origin = default)
    {
        _effort.Begin(effort);
        _views.Begin(frame);
        _found.Clear();
        _search.Begin(most, _found);
        for (var i = 0; i < FrameViews.Count && _found.Count < most && !_effort.IsSpent; i++)
        {
            var view = _views.Make(i);
            var sampled = new SampledView(view.Sampled, view.IsInverted, _effort) { Origin = origin };
            if (view.IsNewSample)
            {
                _search.ReadLocated(sampled);
            }
            _plane.Threshold(view.Searched, view.IsInverted);
            FinderSearch.FindAll(_plane, _patterns, _effort);
            _effort.Spend(Effort.ForView(frame));
            _search.Read(sampled, _patterns);
        }
    }
}
