using System.Numerics;
using System.Runtime.InteropServices;
using Parking.Optics.Images;

namespace Parking.Optics;

/// <summary>The light on the sensor: 0 is black, 255 is white. Values may exceed this range until <see cref="Develop"/>.</summary>
internal sealed class LightPlane(int width, int height)
{
    private float[] _light = new float[width * height];
    private float[] _spare = new float[width * height];

    public int Width => width;

    public int Height => height;

    public Span<float> Row(int y) => _light.AsSpan(y * width, width);

    /// <summary>
    /// Applies a Gaussian blur with this standard deviation in pixels; 0 changes nothing. Edge pixels are repeated outside the frame.
    /// </summary>
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

    /// <summary>Applies a motion blur of this length in pixels, in a random direction; 0 changes nothing.</summary>
    public void Smear(float length, SeededRandom random)
    {
        if (length <= 0)
        {
            return;
        }
        var (sin, cos) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var reach = (int)MathF.Ceiling(length / 2) + 1;
        var kernel = LineKernel(length, sin, cos, reach);
        var padded = new float[width + (2 * reach)];
        _spare.AsSpan().Clear();
        for (var y = -reach; y < height + reach; y++)
        {
            var row = Row(Math.Clamp(y, 0, height - 1));
            padded.AsSpan(0, reach).Fill(row[0]);
            row.CopyTo(padded.AsSpan(reach));
            padded.AsSpan(reach + width).Fill(row[^1]);
            foreach (var (column, line, weight) in kernel)
            {
                if (y - line >= 0 && y - line < height)
                {
                    AddScaled(padded.AsSpan(reach + column, width), weight, _spare.AsSpan((y - line) * width, width));
                }
            }
        }
        (_light, _spare) = (_spare, _light);
    }

    /// <summary>Multiplies all light by a factor.</summary>
    public void Amplify(float factor)
    {
        if (factor != 1)
        {
            foreach (ref var light in _light.AsSpan())
            {
                light *= factor;
            }
        }
    }

    /// <summary>Adds a halo around pixels that are nearly white or brighter; 0 changes nothing.</summary>
    public void Spill(float share)
    {
        if (share <= 0)
        {
            return;
        }
        const float Bright = 200, White = 255, Reach = 6;
        var halo = new LightPlane(width, height);
        for (var i = 0; i < _light.Length; i++)
        {
            halo._light[i] = _light[i] > Bright ? MathF.Min(_light[i], White) : 0;
        }
        halo.Blur(Reach);
        AddScaled(halo._light, share, _light);
    }

    /// <summary>Adds Gaussian noise with this standard deviation in grey levels; 0 changes nothing.</summary>
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

    /// <summary>Converts the light to a picture: rounds to whole grey levels and clamps to the range from black to white.</summary>
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

    /// <summary>A line of equal weights through the centre, distributed over the pixels that it crosses.</summary>
    private static (int Column, int Line, float Weight)[] LineKernel(float length, float sin, float cos, int reach)
    {
        var weights = new float[((2 * reach) + 1) * ((2 * reach) + 1)];
        var steps = (int)MathF.Ceiling(length * 4) + 1;
        for (var step = 0; step < steps; step++)
        {
            var along = length * (((step + 0.5f) / steps) - 0.5f);
            float x = (along * cos) + reach, y = (along * sin) + reach;
            int column = (int)x, line = (int)y;
            for (var corner = 0; corner < 4; corner++)
            {
                int right = corner % 2, down = corner / 2;
                weights[((line + down) * ((2 * reach) + 1)) + column + right] +=
                    (1 - MathF.Abs(x - column - right)) * (1 - MathF.Abs(y - line - down)) / steps;
            }
        }
        return [.. weights.Select((weight, i) => ((i % ((2 * reach) + 1)) - reach, (i / ((2 * reach) + 1)) - reach, weight))
            .Where(entry => entry.weight > 0)];
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
