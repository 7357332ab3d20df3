using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>The two sides of a symbol that three finder patterns span, without perspective.</summary>
internal readonly struct SymbolAxes
{
    /// <summary>The number of modules in a finder pattern with its separator, 9 × 9.</summary>
    private const int FinderSamples = 81;

    /// <summary>The least sum of the three patterns' scores; 3 would be perfect.</summary>
    private const float LeastCornerScore = 1.5f;

    private readonly CornerTriple _triple;
    private readonly float _rightX, _rightY, _downX, _downY, _topLength, _leftLength;

    /// <summary>Converts a module width measured along the picture's axes to one along the symbol's axes.</summary>
    private readonly float _straighten;

    public SymbolAxes(in CornerTriple triple)
    {
        _triple = triple;
        (_rightX, _rightY) = (triple.TopRight.X - triple.TopLeft.X, triple.TopRight.Y - triple.TopLeft.Y);
        (_downX, _downY) = (triple.BottomLeft.X - triple.TopLeft.X, triple.BottomLeft.Y - triple.TopLeft.Y);
        _topLength = MathF.Sqrt((_rightX * _rightX) + (_rightY * _rightY));
        _leftLength = MathF.Sqrt((_downX * _downX) + (_downY * _downY));
        _straighten = MathF.Max(MathF.Abs(_rightX), MathF.Abs(_rightY)) / _topLength;
    }

    public FramePoint TopLeft => new(_triple.TopLeft.X, _triple.TopLeft.Y);

    public FramePoint TopRight => new(_triple.TopRight.X, _triple.TopRight.Y);

    public FramePoint BottomLeft => new(_triple.BottomLeft.X, _triple.BottomLeft.Y);

    /// <summary>The version whose finder patterns have the measured distance in modules; not rounded.</summary>
    public float EstimateVersion()
    {
        var top = _topLength / ((_triple.TopLeft.Module + _triple.TopRight.Module) / 2 * _straighten);
        var left = _leftLength / ((_triple.TopLeft.Module + _triple.BottomLeft.Module) / 2 * _straighten);
        return (((top + left) / 2) + SymbolLayout.FinderSize - SymbolLayout.SizeOfVersion0) / 4;
    }

    /// <summary>The steps of one module to the right and down, in pixels, for a symbol of this layout.</summary>
    public (FramePoint Right, FramePoint Down) Steps(SymbolLayout layout)
    {
        float modules = layout.Size - SymbolLayout.FinderSize;
        return (new FramePoint(_rightX / modules, _rightY / modules), new FramePoint(_downX / modules, _downY / modules));
    }

    /// <summary>The place of the fourth anchor without perspective, moved by this many modules.</summary>
    public FramePoint FarAnchor(SymbolLayout layout, float right, float down)
    {
        var (stepRight, stepDown) = Steps(layout);
        var modules = layout.FarAnchor - (SymbolLayout.FinderSize / 2f);
        return new FramePoint(
            _triple.TopLeft.X + ((modules + right) * stepRight.X) + ((modules + down) * stepDown.X),
            _triple.TopLeft.Y + ((modules + right) * stepRight.Y) + ((modules + down) * stepDown.Y));
    }

    /// <summary>Whether the three patterns look like finder patterns rotated as the symbol would be.</summary>
    public bool IsCorner(SampledView view) => CornerScore(view) >= LeastCornerScore;

    private float CornerScore(SampledView view) =>
        FinderScore(view, _triple.TopLeft) + FinderScore(view, _triple.TopRight) + FinderScore(view, _triple.BottomLeft);

    private float FinderScore(SampledView view, FinderPattern pattern)
    {
        var module = pattern.Module * _straighten;
        float rightX = _rightX * module / _topLength, rightY = _rightY * module / _topLength;
        float downX = _downX * module / _leftLength, downY = _downY * module / _leftLength;
        var contrast = new PatternContrast();
        for (var j = -4; j <= 4; j++)
        {
            for (var i = -4; i <= 4; i++)
            {
                var brightness = view.Image.Sample(pattern.X + (i * rightX) + (j * downX), pattern.Y + (i * rightY) + (j * downY));
                contrast.Add(brightness, view.ShowsDark(SymbolLayout.IsFinderDark(i, j)));
            }
        }
        view.Effort.Spend(FinderSamples);
        return contrast.Value();
    }
}
