using System.Runtime.Intrinsics;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;

namespace Parking.QrReader.Sampling;

/// <summary>The modules of one symbol: brightness, colour and confidence. The memory is reused from symbol to symbol.</summary>
internal sealed class ModuleGrid
{
    /// <summary>The radius in modules of the surroundings that a module is compared with.</summary>
    private const int Surroundings = 4;

    /// <summary>The distance from a module's centre at which it is sampled, in modules.</summary>
    private const float Offset = 0.22f;

    private const int Lanes = 8;

    /// <summary>The cost of sampling a module, in looks.</summary>
    public const int SamplesPerModule = 10;

    private float[] _brightness = [];
    private float[] _sharpened = [];
    private float[] _columnSums = [];
    private float[] _confidence = [];
    private bool[] _dark = [];
    private int _size;

    /// <summary>Row by row; true is dark.</summary>
    public ReadOnlySpan<bool> Dark => _dark.AsSpan(0, _size * _size);

    /// <summary>The distance of each module from the mean of its surroundings, in grey levels.</summary>
    public ReadOnlySpan<float> Confidence => _confidence.AsSpan(0, _size * _size);

    /// <summary>Measures the brightness of every module at nine points; the centre counts twice.</summary>
    public void Sample(SampledView view, PoseFit fit)
    {
        Resize(fit.Layout.Size);
        for (var y = 0; y < _size; y++)
        {
            var row = _brightness.AsSpan(y * _size, _size);
            // The last eight modules overlap those before them: a symbol has at least 21 modules a side.
            for (var x = 0; x < _size; x += Lanes)
            {
                x = Math.Min(x, _size - Lanes);
                var brightness = MeasureEight(view, fit.Pose, x, y);
                (view.IsInverted ? Vector256.Create((float)byte.MaxValue) - brightness : brightness).CopyTo(row[x..]);
            }
        }
    }

    private static Vector256<float> MeasureEight(SampledView view, in Homography pose, int x, int y)
    {
        var columns = Vector256.CreateSequence(x + 0.5f, 1f);
        var (middleX, middleY) = pose.Map(columns, Vector256.Create(y + 0.5f));
        var sum = view.Image.Sample(middleX, middleY);
        for (var j = -1; j <= 1; j++)
        {
            for (var i = -1; i <= 1; i++)
            {
                var (pointX, pointY) = pose.Map(columns + Vector256.Create(i * Offset), Vector256.Create(y + 0.5f + (j * Offset)));
                sum += view.Image.Sample(pointX, pointY);
            }
        }
        return sum / SamplesPerModule;
    }

    /// <summary>Decides which modules are dark. Each is compared with the mean of its surroundings.</summary>
    /// <param name="deblur">
    /// The share of its difference from the neighbours that is added to each module first, to undo blur; 0 for none.
    /// </param>
    public void Threshold(float deblur)
    {
        Sharpen(deblur);
        var columns = _columnSums.AsSpan(0, _size);
        columns.Clear();
        for (var y = -Surroundings; y < _size; y++)
        {
            int bottom = y + Surroundings, top = y - Surroundings;
            AddRow(bottom, 1, columns);
            AddRow(top - 1, -1, columns);
            if (y >= 0)
            {
                ThresholdRow(y, Math.Min(bottom, _size - 1) - Math.Max(top, 0) + 1, columns);
            }
        }
    }

    private void AddRow(int y, float sign, Span<float> columns)
    {
        for (var x = 0; x < columns.Length && y >= 0 && y < _size; x++)
        {
            columns[x] += sign * _sharpened[(y * _size) + x];
        }
    }

    private void ThresholdRow(int y, int rows, ReadOnlySpan<float> columns)
    {
        var sum = 0f;
        for (var x = 0; x < Surroundings; x++)
        {
            sum += columns[x];
        }
        for (var x = 0; x < columns.Length; x++)
        {
            int right = x + Surroundings, left = x - Surroundings - 1;
            sum += (right < _size ? columns[right] : 0) - (left >= 0 ? columns[left] : 0);
            var count = rows * (Math.Min(right, _size - 1) - Math.Max(left, -1));
            var index = (y * _size) + x;
            var difference = _sharpened[index] - (sum / count);
            _dark[index] = difference < 0;
            _confidence[index] = MathF.Abs(difference);
        }
    }

    /// <summary>Exchanges rows and columns, to read a mirrored symbol. Valid until the next threshold.</summary>
    public void Transpose()
    {
        for (var y = 1; y < _size; y++)
        {
            for (var x = 0; x < y; x++)
            {
                int here = (y * _size) + x, there = (x * _size) + y;
                (_dark[here], _dark[there]) = (_dark[there], _dark[here]);
                (_confidence[here], _confidence[there]) = (_confidence[there], _confidence[here]);
            }
        }
    }

    private void Sharpen(float amount)
    {
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++)
            {
                var index = (y * _size) + x;
                var own = _brightness[index];
                var neighbours = (x > 0 ? _brightness[index - 1] : own) + (x < _size - 1 ? _brightness[index + 1] : own)
                    + (y > 0 ? _brightness[index - _size] : own) + (y < _size - 1 ? _brightness[index + _size] : own);
                _sharpened[index] = own + (amount * (own - (neighbours / 4)));
            }
        }
    }

    private void Resize(int size)
    {
        _size = size;
        if (_dark.Length < size * size)
        {
            _brightness = new float[size * size];
            _sharpened = new float[size * size];
            _columnSums = new float[size];
            _confidence = new float[size * size];
            _dark = new bool[size * size];
        }
    }
}
