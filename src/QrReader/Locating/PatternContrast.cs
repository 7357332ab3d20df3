namespace Parking.QrReader.Locating;

/// <summary>Correlates samples of the picture with a pattern that says which of them should be dark.</summary>
internal struct PatternContrast
{
    /// <summary>A smaller variance, in grey levels squared, is a flat area: whatever it seems to show is noise.</summary>
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

    /// <summary>
    /// Half the distance between the mean light and the mean dark sample, in standard deviations of all of them: 1 where a pattern that is
    /// half dark fits exactly, 0 where nothing matches, negative where light and dark are exchanged, −1 in a flat area.
    /// </summary>
    public readonly float Value()
    {
        var count = _darkCount + _lightCount;
        var mean = (_dark + _light) / count;
        var variance = (_squares / count) - (mean * mean);
        return variance < FlatVariance ? -1 : ((_light / _lightCount) - (_dark / _darkCount)) / MathF.Sqrt(variance) / 2;
    }
}
