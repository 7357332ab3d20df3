namespace Parking.QrReader;

/// <summary>
/// A picture of 8-bit grey pixels, 0 (black) to 255 (white), row by row from the top. It refers to the caller's memory and copies nothing.
/// </summary>
/// <remarks>The default value is the empty frame: no pixels, no symbol.</remarks>
public readonly ref struct GreyFrame
{
    /// <summary>The largest width and height. It bounds the cost of a frame and keeps every sum within 32 bits.</summary>
    public const int MaxSide = 16_384;

    /// <summary>Creates a frame over the memory of <paramref name="pixels"/>.</summary>
    /// <param name="pixels">The pixels. Row <c>y</c> begins at <c>y * stride</c>; bytes between the rows are ignored.</param>
    /// <param name="width">Pixels in a row, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next, at least <paramref name="width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">There are fewer pixels than <c>(height - 1) * stride + width</c>.</exception>
    public GreyFrame(ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width);
        var needed = ((long)(height - 1) * stride) + width;
        if (pixels.Length < needed)
        {
            throw new ArgumentException(
                $"A frame of {width}×{height} with stride {stride} needs {needed} pixels; there are {pixels.Length}.", nameof(pixels));
        }
        Pixels = pixels;
        Width = width;
        Height = height;
        Stride = stride;
    }

    /// <summary>The memory of the pixels.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>The width in pixels; 0 for the empty frame.</summary>
    public int Width { get; }

    /// <summary>The height in pixels; 0 for the empty frame.</summary>
    public int Height { get; }

    /// <summary>Bytes from the start of one row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>The pixels of one row.</summary>
    /// <param name="y">The row, 0 (top) to <see cref="Height"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is not a row.</exception>
    public ReadOnlySpan<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Pixels.Slice(y * Stride, Width);
    }
}

/// <summary>A point of a frame, in pixels from its top left corner. The centre of the first pixel is (0.5, 0.5).</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public readonly record struct FramePoint(float X, float Y)
{
    internal float DistanceTo(FramePoint other) => MathF.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}
