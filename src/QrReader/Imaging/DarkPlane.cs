namespace Parking.QrReader.Imaging;

/// <summary>Which pixels of a picture are dark against their surroundings.</summary>
internal sealed class DarkPlane
{
    private bool[] _dark = [];
    private int[] _columnSums = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public ReadOnlySpan<bool> Row(int y) => _dark.AsSpan(y * Width, Width);

    /// <summary>Looks a pixel up; false where the point lies outside the picture.</summary>
    public bool TryGet(float x, float y, out bool dark)
    {
        if (!(x >= 0 && y >= 0 && x < Width && y < Height))
        {
            dark = false;
            return false;
        }
        dark = _dark[((int)y * Width) + (int)x];
        return true;
    }

    /// <summary>
    /// Compares every pixel with the mean of the square around it, a seventh of the picture's shorter side wide: wider than a finder pattern,
    /// narrower than most shadows. A pixel must differ by more than two grey levels, so that a flat area is not all speckles.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="inverted">Whether to mark what is brighter than its surroundings instead: a light symbol on a dark ground.</param>
    public void Threshold(GreyImage image, bool inverted)
    {
        Resize(image.Width, image.Height);
        var radius = Math.Max(8, Math.Min(Width, Height) / 14);
        var columns = _columnSums.AsSpan(0, Width);
        columns.Clear();
        int top = 0, bottom = 0;
        for (var y = 0; y < Height; y++)
        {
            for (; bottom < Math.Min(Height, y + radius + 1); bottom++)
            {
                AddRow(columns, image.Row(bottom), 1);
            }
            for (; top < y - radius; top++)
            {
                AddRow(columns, image.Row(top), -1);
            }
            ThresholdRow(image.Row(y), columns, bottom - top, radius, inverted, _dark.AsSpan(y * Width, Width));
        }
    }

    private void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        if (_dark.Length < width * height)
        {
            _dark = GC.AllocateUninitializedArray<bool>(width * height);
        }
        if (_columnSums.Length < width)
        {
            _columnSums = new int[width];
        }
    }

    private static void AddRow(Span<int> columns, ReadOnlySpan<byte> row, int sign)
    {
        for (var x = 0; x < row.Length && x < columns.Length; x++)
        {
            columns[x] += sign * row[x];
        }
    }

    private static void ThresholdRow(ReadOnlySpan<byte> row, ReadOnlySpan<int> columns, int rows, int radius, bool inverted, Span<bool> dark)
    {
        int sum = 0, width = row.Length;
        for (var x = 0; x < Math.Min(radius, width); x++)
        {
            sum += columns[x];
        }
        for (var x = 0; x < width; x++)
        {
            int right = x + radius, left = x - radius - 1;
            sum += (right < width ? columns[right] : 0) - (left >= 0 ? columns[left] : 0);
            var count = rows * (Math.Min(right, width - 1) - Math.Max(left, -1));
            dark[x] = inverted ? (row[x] - 2) * count > sum : (row[x] + 2) * count < sum;
        }
    }
}
