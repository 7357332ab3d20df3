using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.QrReader;

/// <summary>Reads the QR symbol (ISO/IEC 18004, versions 1 to 40) in a picture.</summary>
/// <remarks>
/// <para>It gives the symbol's text or nothing: a block of codewords counts as read only where chance would have made it look right less than
/// once in 2⁴⁰. Where the symbol names no character set, the likeliest is taken, and none if none is likely
/// (<see cref="SymbolReading.Bytes"/> are what it was taken from).</para>
/// <para>Not read yet: mirrored symbols, Micro QR, and any symbol but one where several are in view.</para>
/// <para>A reader keeps its working memory between frames, about five bytes a pixel of the largest one. It is not safe to use one reader
/// from several threads at once; readers are independent of each other.</para>
/// </remarks>
public sealed class SymbolReader
{
    /// <summary>Corners tried in each view of a frame.</summary>
    private const int MostTriples = 6;

    /// <summary>Poses refined for each corner.</summary>
    private const int MostPoses = 4;

    /// <summary>A pose must agree this well with the modules known from the version to be worth refining, and after it to be read.</summary>
    private const float LeastRoughScore = 0.175f, LeastRefinedScore = 0.375f;

    /// <summary>A pose straight on must agree this well to be tried before the perspective is looked for.</summary>
    private const float LeastStraightScore = 0.3f;

    /// <summary>How much light of the neighbouring modules is taken out, in turn.</summary>
    private static readonly float[] Deblurs = [0, 0.35f, 0.8f, 1.4f];

    private readonly GreyImage _raw = new();
    private readonly GreyImage _smooth = new();
    private readonly GreyImage _smoother = new();
    private readonly GreyImage _filtered = new();
    private readonly DarkPlane _plane = new();
    private readonly ModuleGrid _grid = new();
    private readonly SymbolDecoder _decoder = new();
    private readonly List<FinderPattern> _patterns = [];
    private readonly List<CornerTriple> _triples = [];
    private readonly List<PoseFit> _fits = [];

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">The frame. Nothing of it is kept.</param>
    /// <returns>The reading; null where no symbol can be read for certain, whatever the frame shows.</returns>
    public SymbolReading? Read(GreyFrame frame)
    {
        if (frame.Width == 0)
        {
            return null;
        }
        _raw.CopyFrom(frame);

        // As it is; then less noisy, sharpened, inverted, and smoothed further. Most frames need the first view only.
        if (ReadView(_raw, _raw) is { } plain)
        {
            return plain;
        }
        FrameFilters.BoxMean(_raw, 1, _smooth);
        return ReadView(_smooth, _smooth)
            ?? ReadSharpened(_smooth, 4, 1.5f, _raw)
            ?? ReadView(_smooth, _smooth, inverted: true)
            ?? ReadSmoother();
    }

    private SymbolReading? ReadSmoother()
    {
        FrameFilters.BoxMean(_smooth, 1, _smoother);
        return ReadView(_smoother, _smooth)
            ?? ReadSharpened(_smoother, 4, 2.5f, _smooth)
            ?? ReadSharpened(_smoother, 6, 2.5f, _smooth)
            ?? ReadCoarse();
    }

    private SymbolReading? ReadSharpened(GreyImage source, int radius, float amount, GreyImage sampled)
    {
        FrameFilters.Sharpen(source, radius, amount, _filtered);
        return ReadView(_filtered, sampled);
    }

    private SymbolReading? ReadCoarse()
    {
        FrameFilters.BoxMean(_smoother, 2, _filtered);
        return ReadView(_filtered, _smoother);
    }

    /// <summary>Looks for finder patterns in one picture and samples the modules in another, which may be the same.</summary>
    private SymbolReading? ReadView(GreyImage searched, GreyImage sampled, bool inverted = false)
    {
        _plane.Threshold(searched, inverted);
        FinderSearch.FindAll(_plane, _patterns);
        CornerTriple.Rank(_patterns, _triples);
        for (var i = 0; i < Math.Min(_triples.Count, MostTriples); i++)
        {
            if (ReadTriple(sampled, inverted, _triples[i]) is { } reading)
            {
                return reading;
            }
        }
        return null;
    }

    /// <summary>Most symbols are seen nearly straight on, and looking for the perspective costs ten times as much: that comes second.</summary>
    private SymbolReading? ReadTriple(GreyImage image, bool inverted, in CornerTriple triple)
    {
        var axes = new SymbolAxes(triple);
        if (!SymbolLocator.IsCorner(image, inverted, axes))
        {
            return null;
        }
        SymbolLocator.LocateStraight(image, inverted, axes, _fits);
        if (ReadBestFits(image, inverted, most: 1, LeastStraightScore) is { } reading)
        {
            return reading;
        }
        SymbolLocator.LocateByAlignment(image, inverted, axes, _fits);
        return ReadBestFits(image, inverted, MostPoses, LeastRoughScore);
    }

    private SymbolReading? ReadBestFits(GreyImage image, bool inverted, int most, float leastScore)
    {
        for (var i = 0; i < Math.Min(_fits.Count, most) && _fits[i].Score >= leastScore; i++)
        {
            var fit = _fits[i].Refine(image, inverted);
            if (fit.Score >= LeastRefinedScore && ReadPose(image, inverted, fit) is { } reading)
            {
                return reading;
            }
        }
        return null;
    }

    private SymbolReading? ReadPose(GreyImage image, bool inverted, PoseFit fit)
    {
        _grid.Sample(image, fit, inverted);
        foreach (var deblur in Deblurs)
        {
            _grid.Threshold(deblur);
            if (_decoder.Decode(fit.Layout, _grid.Dark, _grid.Confidence) is { } symbol)
            {
                float size = fit.Layout.Size;
                return new SymbolReading
                {
                    Text = symbol.Content.Text,
                    Bytes = symbol.Content.Bytes,
                    Part = symbol.Content.Part,
                    SymbologyIdentifier = symbol.Content.SymbologyIdentifier,
                    Version = fit.Layout.Version,
                    Level = symbol.Format.Level,
                    Mask = symbol.Format.Mask,
                    CorrectedCodewords = symbol.Correction.Changed,
                    Confidence = symbol.Confidence,
                    Corners = [fit.Pose.Map(0, 0), fit.Pose.Map(size, 0), fit.Pose.Map(size, size), fit.Pose.Map(0, size)],
                };
            }
        }
        return null;
    }
}
