using System.Buffers;

namespace Parking.QrReader.Imaging;

/// <summary>The two filters that bring a symbol out of a bad picture: a box mean against noise, an unsharp mask against blur.</summary>
internal static class FrameFilters
{
    /// <summary>Writes the mean of each pixel's square of <c>2 * radius + 1</c> pixels. The picture's edge goes on outside it.</summary>
    public static void BoxMean(GreyImage source, int radius, GreyImage target)
    {
        int width = source.Width, height = source.Height;
        target.Resize(width, height);
        var rowSums = ArrayPool<ushort>.Shared.Rent(width * height);
        var columnSums = ArrayPool<int>.Shared.Rent(width);
        try
        {
            for (var y = 0; y < height; y++)
            {
                SumAlongRow(source.Row(y), radius, rowSums.AsSpan(y * width, width));
            }
            MeanOfColumns(rowSums, columnSums.AsSpan(0, width), radius, target);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(columnSums);
            ArrayPool<ushort>.Shared.Return(rowSums);
        }
    }

    /// <summary>Writes each pixel moved away from the mean of its surroundings by <paramref name="amount"/> times its distance from it.</summary>
    public static void Sharpen(GreyImage source, int radius, float amount, GreyImage target)
    {
        BoxMean(source, radius, target);
        var sharp = target.Pixels;
        var pixels = source.Pixels;
        var fixedAmount = (int)(amount * 256);
        for (var i = 0; i < sharp.Length && i < pixels.Length; i++)
        {
            sharp[i] = (byte)Math.Clamp(pixels[i] + ((fixedAmount * (pixels[i] - sharp[i])) >> 8), 0, 255);
        }
    }

    private static void SumAlongRow(ReadOnlySpan<byte> row, int radius, Span<ushort> sums)
    {
        var last = row.Length - 1;
        var sum = 0;
        for (var x = -radius; x <= radius; x++)
        {
            sum += row[Math.Clamp(x, 0, last)];
        }
        for (var x = 0; x < row.Length; x++)
        {
            sums[x] = (ushort)sum;
            sum += row[Math.Min(x + radius + 1, last)] - row[Math.Max(x - radius, 0)];
        }
    }

    private static void MeanOfColumns(ReadOnlySpan<ushort> rowSums, Span<int> columns, int radius, GreyImage target)
    {
        int width = target.Width, last = target.Height - 1;
        columns.Clear();
        for (var y = -radius; y <= radius; y++)
        {
            AddRow(columns, rowSums.Slice(Math.Clamp(y, 0, last) * width, width));
        }
        // One multiplication and a shift instead of a division for every pixel: exact for sums up to 255 * area with area ≤ 169.
        var area = ((2 * radius) + 1) * ((2 * radius) + 1);
        var reciprocal = (uint)((1 << 24) / area) + 1;
        for (var y = 0; y <= last; y++)
        {
            var output = target.Row(y);
            var entering = rowSums.Slice(Math.Min(y + radius + 1, last) * width, width);
            var leaving = rowSums.Slice(Math.Max(y - radius, 0) * width, width);
            for (var x = 0; x < output.Length; x++)
            {
                output[x] = (byte)(((ulong)columns[x] * reciprocal) >> 24);
                columns[x] += entering[x] - leaving[x];
            }
        }
    }

    private static void AddRow(Span<int> columns, ReadOnlySpan<ushort> row)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            columns[x] += row[x];
        }
    }
}
