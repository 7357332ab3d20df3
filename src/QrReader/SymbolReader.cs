using System.Collections.Immutable;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.QrReader;

/// <summary>Reads the QR symbols (ISO/IEC 18004, versions 1 to 40) in a picture.</summary>
/// <remarks>
/// <para>It gives a symbol's text or nothing: a block of codewords counts as read only where chance would have made it look right less than
/// once in 2⁴⁰. If the symbol names no character set, its bytes are decoded as UTF-8, ISO/IEC 8859-1 or Shift-JIS, whichever fits
/// (<see cref="SymbolReading.Bytes"/> has the bytes themselves). Micro QR is not read.</para>
/// <para>A reader keeps its working memory between frames, about five bytes a pixel of the largest one. It is not safe to use one reader
/// from several threads at once; readers are independent of each other.</para>
/// </remarks>
public sealed class SymbolReader
{
    /// <summary>The part of what a frame may cost that is spent where the symbol was before.</summary>
    private const int ShareOfNear = 4;

    private readonly FrameViews _views = new();
    private readonly DarkPlane _plane = new();
    private readonly Effort _effort = new();
    private readonly List<FinderPattern> _patterns = [];
    private readonly SymbolSearch _search = new();
    private readonly List<SymbolReading> _found = [];

    private long _spentNear;

    /// <summary>Looks that the last frame took, in all.</summary>
    internal long EffortSpent => _spentNear + _effort.Spent;

    /// <summary>Reads one symbol, the first that is found.</summary>
    /// <param name="frame">The frame. Nothing of it is kept.</param>
    /// <param name="options">What may be spent on it, and where the symbol was seen before.</param>
    /// <returns>The reading; null where no symbol can be read for certain, whatever the frame shows.</returns>
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

    /// <summary>Reads the symbols in a frame, each once, in the order they are found: those easy to read first.</summary>
    /// <param name="frame">The frame. Nothing of it is kept.</param>
    /// <param name="most">How many to read at most. The frame is searched until so many are found or all means are tried.</param>
    /// <param name="options">What may be spent on it. <see cref="ReadOptions.Previous"/> means nothing here.</param>
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

    /// <summary>Looks at the part of the frame where the symbol was, and half its size around it.</summary>
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
