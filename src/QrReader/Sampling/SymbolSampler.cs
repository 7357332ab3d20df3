using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;

namespace Parking.QrReader.Sampling;

/// <summary>Reads a symbol from its pose: refines the pose, samples the modules, decodes them.</summary>
internal sealed class SymbolSampler
{
    /// <summary>A pose with at least this score is read before it is refined: most symbols are seen nearly without perspective.</summary>
    private const float SureScore = 0.8f;

    /// <summary>The amounts of deblurring tried, in order.</summary>
    private static readonly float[] Deblurs = [0, 0.35f, 0.8f, 1.4f];

    /// <summary>The cost in looks of deciding a module, and of checking or correcting a codeword.</summary>
    private const int LooksToDecide = 2, LooksPerCodeword = 2;

    private readonly ModuleGrid _grid = new();
    private readonly SymbolDecoder _decoder = new();

    /// <summary>Reads the symbol at a pose or near it. Returns null if the result is not certain.</summary>
    /// <param name="view">The view.</param>
    /// <param name="fit">The pose.</param>
    /// <param name="refined">The refined pose, whether the symbol was read or not.</param>
    public SymbolReading? Read(SampledView view, PoseFit fit, out PoseFit refined)
    {
        refined = fit;
        if (fit.Score >= SureScore && ReadAsItIs(view, fit, Deblurs.AsSpan(0, 1)) is { } reading)
        {
            return reading;
        }
        refined = fit.Refine(view);
        return refined.Score >= PoseFit.LeastScore ? ReadAsItIs(view, refined, Deblurs) : null;
    }

    private SymbolReading? ReadAsItIs(SampledView view, PoseFit fit, ReadOnlySpan<float> deblurs)
    {
        _grid.Sample(view, fit);
        var modules = fit.Layout.Size * fit.Layout.Size;
        view.Effort.Spend(modules * ModuleGrid.SamplesPerModule);
        foreach (var deblur in deblurs)
        {
            _grid.Threshold(deblur);
            view.Effort.Spend(modules * LooksToDecide);
            if (Decode(view, fit) is { } symbol)
            {
                return ToReading(symbol, view, fit, isMirrored: false);
            }
            _grid.Transpose();
            if (FormatInformation.IsLikely(_grid.Dark, fit.Layout.Size) && Decode(view, fit) is { } mirrored)
            {
                return ToReading(mirrored, view, fit, isMirrored: true);
            }
        }
        return null;
    }

    private DecodedSymbol? Decode(SampledView view, PoseFit fit)
    {
        var symbol = _decoder.Decode(fit.Layout, _grid.Dark, _grid.Confidence);
        view.Effort.Spend(_decoder.CodewordsTried * LooksPerCodeword);
        return symbol;
    }

    private static SymbolReading ToReading(DecodedSymbol symbol, SampledView view, PoseFit fit, bool isMirrored)
    {
        float size = fit.Layout.Size;
        FramePoint right = fit.Pose.Map(size, 0), down = fit.Pose.Map(0, size);
        if (isMirrored)
        {
            (right, down) = (down, right);
        }
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
            IsInverted = view.IsInverted,
            IsMirrored = isMirrored,
            Corners = [InFrame(fit.Pose.Map(0, 0)), InFrame(right), InFrame(fit.Pose.Map(size, size)), InFrame(down)],
        };
        FramePoint InFrame(FramePoint point) => new(point.X + view.Origin.X, point.Y + view.Origin.Y);
    }
}
