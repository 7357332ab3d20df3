namespace Parking.QrReader.Imaging;

/// <summary>A grey picture with memory of its own, kept from one frame to the next.</summary>
internal sealed class GreyImage
{
    private byte[] _pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height);

    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Sets the size. What the pixels were is lost.</summary>
    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        if (_pixels.Length < width * height)
        {
            _pixels = GC.AllocateUninitializedArray<byte>(width * height);
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

    /// <summary>The brightness at a point, between the four pixels around it. Outside the picture its edge goes on for ever.</summary>
    /// <remarks>Any number is a valid coordinate, infinities and NaN included: a homography can send a module anywhere.</remarks>
    public float Sample(float x, float y)
    {
        x -= 0.5f;
        y -= 0.5f;
        if (!(x >= 0 && y >= 0 && x < Width - 1 && y < Height - 1))
        {
            return _pixels[(Nearest(y, Height) * Width) + Nearest(x, Width)];
        }
        int column = (int)x, row = (int)y;
        float right = x - column, below = y - row;
        var here = _pixels.AsSpan((row * Width) + column, Width + 2);
        var upper = here[0] + ((here[1] - here[0]) * right);
        var lower = here[Width] + ((here[Width + 1] - here[Width]) * right);
        return upper + ((lower - upper) * below);
    }

    private static int Nearest(float coordinate, int length) =>
        float.IsNaN(coordinate) ? 0 : (int)Math.Clamp(coordinate, 0, length - 1);
}
