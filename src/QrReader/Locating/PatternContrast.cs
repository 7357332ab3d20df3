using System.Runtime.Intrinsics;

namespace Parking.QrReader.Locating;

/// <summary>Correlates samples of the picture with the colours that a pattern expects.</summary>
internal struct PatternContrast
{
    /// <summary>An area of smaller variance, in grey levels squared, is flat: its structure is noise.</summary>
    private const float FlatVariance = 4;

    private float _dark;
    private float _light;
    private float _squares;
    private int _darkCount;
    private int _lightCount;

    public void Add(float brightness, bool dark)
    {
        _squares += brightness * brightness;
        if (dark)
        {
            _dark += brightness;
            _darkCount++;
        }
        else
        {
            _light += brightness;
            _lightCount++;
        }
    }

    /// <summary>Adds eight samples that should all be dark, or all light.</summary>
    public void Add(Vector256<float> brightness, bool dark)
    {
        _squares += Vector256.Dot(brightness, brightness);
        if (dark)
        {
            _dark += Vector256.Sum(brightness);
            _darkCount += Vector256<float>.Count;
        }
        else
        {
            _light += Vector256.Sum(brightness);
            _lightCount += Vector256<float>.Count;
        }
    }

    /// <summary>
    /// Half the difference between the mean light and the mean dark sample, in standard deviations of all samples: 1 if a pattern that is
    /// half dark fits exactly, 0 without correlation, negative if light and dark are exchanged, −1 in a flat area.
    /// </summary>
    public readonly float Value()
    {
        var count = _darkCount + _lightCount;
        var mean = (_dark + _light) / count;
        var variance = (_squares / count) - (mean * mean);
        return variance < FlatVariance ? -1 : ((_light / _lightCount) - (_dark / _darkCount)) / MathF.Sqrt(variance) / 2;
    }

    /// <summary>The same for eight places at once, from the sums of their samples and of the squares.</summary>
    public static Vector256<float> Value(
        Vector256<float> dark, int darkCount, Vector256<float> light, int lightCount, Vector256<float> squares)
    {
        float count = darkCount + lightCount;
        var mean = (dark + light) / count;
        var variance = (squares / count) - (mean * mean);
        var value = ((light / lightCount) - (dark / darkCount)) / Vector256.Sqrt(variance) / 2;
        return Vector256.ConditionalSelect(Vector256.LessThan(variance, Vector256.Create(FlatVariance)), -Vector256<float>.One, value);
    }
}
