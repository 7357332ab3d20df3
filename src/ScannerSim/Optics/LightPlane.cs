using System.Numerics;
using System.Runtime.InteropServices;
using Parking.ScannerSim.Images;

namespace Parking.ScannerSim.Optics;

/// <summary>The light that falls on the sensor, 0 black to 255 white, and beyond until it is read out.</summary>
internal sealed class LightPlane(int width, int height)
{
    private float[] _light = new float[width * height];
    private float[] _spare = new float[width * height];

    public int Width => width;

    public int Height => height;

    public Span<float> Row(int y) => _light.AsSpan(y * width, width);

    /// <summary>A Gaussian blur of this deviation in pixels; 0 changes nothing. The edges go on outside the frame.</summary>
    public void Blur(float deviation)
    {
        if (deviation <= 0)
        {
            return;
        }
        var kernel = GaussianKernel(deviation);
        var radius = kernel.Length / 2;
        var padded = new float[width + (2 * radius)];
        for (var y = 0; y < height; y++)
        {
            var row = Row(y);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + width).Fill(row[^1]);
            var target = _spare.AsSpan(y * width, width);
            target.Clear();
            for (var k = 0; k < kernel.Length; k++)
            {
                AddScaled(padded.AsSpan(k, width), kernel[k], target);
            }
        }
        (_light, _spare) = (_spare, _light);
        for (var y = 0; y < height; y++)
        {
            var target = _spare.AsSpan(y * width, width);
            target.Clear();
            for (var k = 0; k < kernel.Length; k++)
            {
                AddScaled(Row(Math.Clamp(y + k - radius, 0, height - 1)), kernel[k], target);
            }
        }
        (_light, _spare) = (_spare, _light);
    }

    /// <summary>Adds Gaussian noise of this deviation in grey levels; 0 changes nothing.</summary>
    public void AddNoise(float deviation, SeededRandom random)
    {
        if (deviation <= 0)
        {
            return;
        }
        foreach (ref var light in _light.AsSpan())
        {
            light += deviation * random.NextBell();
        }
    }

    /// <summary>Reads the sensor out: rounds to whole grey levels and cuts off what is beyond black and white.</summary>
    public GreyPicture Develop()
    {
        var pixels = new byte[_light.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(_light[i] + 0.5f, byte.MinValue, byte.MaxValue);
        }
        return new GreyPicture(width, height, pixels);
    }

    private static float[] GaussianKernel(float deviation)
    {
        var radius = (int)MathF.Ceiling(3 * deviation);
        var kernel = new float[(2 * radius) + 1];
        for (var i = -radius; i <= radius; i++)
        {
            kernel[radius + i] = MathF.Exp(-(i * i) / (2 * deviation * deviation));
        }
        var sum = kernel.Sum();
        return [.. kernel.Select(weight => weight / sum)];
    }

    private static void AddScaled(ReadOnlySpan<float> source, float weight, Span<float> target)
    {
        var sources = MemoryMarshal.Cast<float, Vector<float>>(source);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] += sources[i] * weight;
        }
        for (var i = targets.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] += source[i] * weight;
        }
    }
}
