using CsCheck;
using Parking.QrReader.Locating;

namespace Parking.QrReader.Tests;

public sealed class HomographyTests
{
    private static readonly FramePoint[] Square = [new(3.5f, 3.5f), new(41.5f, 3.5f), new(3.5f, 41.5f), new(38.5f, 38.5f)];

    [Fact]
    public void TryBetween_FourCorners_MapsEachToItsPlace() =>
        Gen.Float[-40, 40].Array[8].SampleCases(
            Depth.Cases,
            moves =>
            {
                FramePoint[] places =
                    [.. Square.Select((corner, i) => new FramePoint((corner.X * 6) + moves[2 * i], (corner.Y * 6) + moves[(2 * i) + 1]))];

                Assert.True(Homography.TryBetween(Square, places, out var map));
                foreach (var (corner, place) in Square.Zip(places))
                {
                    var mapped = map.Map(corner.X, corner.Y);
                    Assert.Equal(place.X, mapped.X, 0.01f);
                    Assert.Equal(place.Y, mapped.Y, 0.01f);
                }
            });

    [Fact]
    public void TryBetween_CornersOnALine_IsRefused()
    {
        FramePoint[] line = [new(0, 0), new(1, 1), new(2, 2), new(3, 3)];

        Assert.False(Homography.TryBetween(line, Square, out _));
    }
}
