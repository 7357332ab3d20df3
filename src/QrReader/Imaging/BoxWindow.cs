using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Parking.QrReader.Imaging;

/// <summary>
/// Computes the sum of the square around each pixel, row by row from the top. Edge pixels are repeated outside the picture. Column sums
/// move down with the window; their prefix sums along the row give each square's sum as one difference. So the cost does not depend on the
/// size of the square.
/// </summary>
internal sealed class BoxWindow
{
    /// <summary>The number of pixels processed at a time.</summary>
    private const int Lanes = 8;

    private const int Step = 32;

    private int[] _columns = [];
    private int[] _totals = [];
    private GreyImage _image = new();
    private int _radius;
    private int _y;

    /// <summary>The number of pixels in a square.</summary>
    public int Area { get; private set; }

    /// <summary>Begins above a picture: the first <see cref="MoveDown"/> moves to its top row.</summary>
    /// <param name="image">The picture. It must not change while the window is in use.</param>
    /// <param name="radius">The side of a square is <c>2 * radius + 1</c> pixels; at most 1,170, so that its sum fits 32 bits.</param>
    public void Begin(GreyImage image, int radius)
    {
        (_image, _radius, _y) = (image, radius, -1);
        Area = ((2 * radius) + 1) * ((2 * radius) + 1);
        if (_columns.Length < image.Width)
        {
            _columns = new int[image.Width];
        }
        if (_totals.Length < image.Width + (2 * radius) + 1)
        {
            _totals = new int[image.Width + (2 * radius) + 1];
        }
        // The window around the row above the top: its rows outside the picture repeat the top row.
        var columns = _columns.AsSpan(0, image.Width);
        columns.Clear();
        for (var y = -1 - radius; y < radius; y++)
        {
            Change(columns, RowNear(y), []);
        }
    }

    /// <summary>Moves to the next row.</summary>
    public void MoveDown()
    {
        _y++;
        var columns = _columns.AsSpan(0, _image.Width);
        Change(columns, RowNear(_y + _radius), RowNear(_y - _radius - 1));
        SumAlong(columns);
    }

    /// <summary>The sums of the squares around eight pixels of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> SumsAt(int x) =>
        Vector256.Create<int>(_totals.AsSpan(x + (2 * _radius) + 1, Lanes)) - Vector256.Create<int>(_totals.AsSpan(x, Lanes));

    /// <summary>The sum of the square around a pixel of the row.</summary>
    public int SumAt(int x) => _totals[x + (2 * _radius) + 1] - _totals[x];

    private ReadOnlySpan<byte> RowNear(int y) => _image.Row(Math.Clamp(y, 0, _image.Height - 1));

    /// <summary>Prefix sums may overflow on a wide picture; the difference of two is still correct.</summary>
    private void SumAlong(ReadOnlySpan<int> columns)
    {
        var totals = _totals.AsSpan(0, columns.Length + (2 * _radius) + 1);
        var total = 0;
        for (var i = 0; i < _radius; i++)
        {
            totals[i] = total;
            total += columns[0];
        }
        var inside = totals.Slice(_radius, columns.Length);
        for (var x = 0; x < inside.Length && x < columns.Length; x++)
        {
            inside[x] = total;
            total += columns[x];
        }
        foreach (ref var after in totals[(_radius + columns.Length)..])
        {
            after = total;
            total += columns[^1];
        }
    }

    /// <summary>Adds the row that enters the window and subtracts the row that leaves it.</summary>
    private static void Change(Span<int> columns, ReadOnlySpan<byte> entering, ReadOnlySpan<byte> leaving)
    {
        var x = 0;
        for (; x <= columns.Length - Step; x += Step)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(entering.Slice(x, Step)));
            if (!leaving.IsEmpty)
            {
                var (leavingLow, leavingHigh) = Vector256.Widen(Vector256.Create(leaving.Slice(x, Step)));
                (low, high) = (low - leavingLow, high - leavingHigh);
            }
            AddWidened(low.AsInt16(), columns.Slice(x, Step / 2));
            AddWidened(high.AsInt16(), columns.Slice(x + (Step / 2), Step / 2));
        }
        for (; x < columns.Length; x++)
        {
            columns[x] += entering[x] - (leaving.IsEmpty ? 0 : leaving[x]);
        }
    }

    private static void AddWidened(Vector256<short> changes, Span<int> columns)
    {
        var (low, high) = Vector256.Widen(changes);
        var upper = columns[Lanes..];
        (Vector256.Create<int>(columns) + low).CopyTo(columns);
        (Vector256.Create<int>(upper) + high).CopyTo(upper);
    }
}
