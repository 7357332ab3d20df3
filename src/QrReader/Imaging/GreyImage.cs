using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Parking.QrReader.Imaging;

/// <summary>A grey picture with its own memory, which is reused from frame to frame.</summary>
internal sealed class GreyImage
{
    private byte[] _pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height);

    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Sets the size. The pixels are undefined afterwards.</summary>
    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        // One row and two pixels more: sampling the last pixel reads its neighbours too, with weight 0.
        var length = (width * (height + 1)) + 2;
        if (_pixels.Length < length)
        {
            _pixels = GC.AllocateUninitializedArray<byte>(length);
        }
    }

    public void CopyFrom(GreyFrame frame)
    {
        Resize(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            frame.Row(y).CopyTo(Row(y));
        }
    }

    /// <summary>
    /// The brightness at a point, interpolated between the four pixels around it. Edge pixels are repeated outside the picture.
    /// </summary>
    /// <remarks>Every coordinate is valid, including infinities and NaN: a homography can map a module anywhere.</remarks>
    public float Sample(float x, float y)
    {
        float left = Inside(x - 0.5f, Width), top = Inside(y - 0.5f, Height);
        int column = (int)left, row = (int)top;
        float right = left - column, below = top - row;
        var here = _pixels.AsSpan((row * Width) + column, Width + 2);
        var upper = here[0] + ((here[1] - here[0]) * right);
        var lower = here[Width] + ((here[Width + 1] - here[Width]) * right);
        return upper + ((lower - upper) * below);
    }

    /// <summary>The brightness at eight points at once. The values equal those of single points except for rounding.</summary>
    public Vector256<float> Sample(Vector256<float> x, Vector256<float> y)
    {
        var half = Vector256.Create(0.5f);
        var (left, top) = (Inside(x - half, Width), Inside(y - half, Height));
        var (column, row) = (Vector256.ConvertToInt32Native(left), Vector256.ConvertToInt32Native(top));
        var place = (row * Width) + column;

        // Two neighbours are read as one 16-bit word, the left one in its lower byte.
        Span<int> pairs = stackalloc int[2 * Vector256<int>.Count];
        ref var pixels = ref MemoryMarshal.GetArrayDataReference(_pixels);
        for (var i = 0; i < Vector256<int>.Count; i++)
        {
            ref var here = ref Unsafe.Add(ref pixels, place[i]);
            pairs[i] = Pair(ref here);
            pairs[Vector256<int>.Count + i] = Pair(ref Unsafe.Add(ref here, Width));
        }
        var right = left - Vector256.ConvertToSingle(column);
        var upper = Between(Vector256.Create<int>(pairs), right);
        var lower = Between(Vector256.Create<int>(pairs[Vector256<int>.Count..]), right);
        return upper + ((lower - upper) * (top - Vector256.ConvertToSingle(row)));
    }

    private static int Pair(ref byte left)
    {
        var word = Unsafe.ReadUnaligned<ushort>(ref left);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    private static Vector256<float> Between(Vector256<int> pairs, Vector256<float> right)
    {
        var near = Vector256.ConvertToSingle(pairs & Vector256.Create((int)byte.MaxValue));
        return near + ((Vector256.ConvertToSingle(pairs >>> 8) - near) * right);
    }

    private static float Inside(float coordinate, int length) => float.IsNaN(coordinate) ? 0 : Math.Clamp(coordinate, 0, length - 1);

    private static Vector256<float> Inside(Vector256<float> coordinate, int length)
    {
        var number = Vector256.ConditionalSelect(Vector256.Equals(coordinate, coordinate), coordinate, Vector256<float>.Zero);
        return Vector256.MinNative(Vector256.MaxNative(number, Vector256<float>.Zero), Vector256.Create(length - 1f));
    }
}
