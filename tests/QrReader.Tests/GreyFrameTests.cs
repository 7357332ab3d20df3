namespace Parking.QrReader.Tests;

public sealed class GreyFrameTests
{
    private static readonly byte[] Pixels = new byte[100];

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(-1, 10, 10)]
    [InlineData(10, 0, 10)]
    [InlineData(10, 10, 9)]
    [InlineData(GreyFrame.MaxSide + 1, 1, GreyFrame.MaxSide + 1)]
    [InlineData(1, GreyFrame.MaxSide + 1, 1)]
    public void GreyFrame_NumberOutOfRange_Throws(int width, int height, int stride) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new GreyFrame(Pixels, width, height, stride); });

    [Theory]
    [InlineData(10, 11, 10)]
    [InlineData(10, 10, 11)]
    [InlineData(GreyFrame.MaxSide, GreyFrame.MaxSide, int.MaxValue)]
    public void GreyFrame_TooFewPixels_Throws(int width, int height, int stride) =>
        Assert.Throws<ArgumentException>(() => { _ = new GreyFrame(Pixels, width, height, stride); });

    [Fact]
    public void Row_LastRowWithoutPadding_IsWhole()
    {
        byte[] pixels = [1, 2, 0, 3, 4];

        var frame = new GreyFrame(pixels, width: 2, height: 2, stride: 3);

        Assert.Equal([1, 2], frame.Row(0).ToArray());
        Assert.Equal([3, 4], frame.Row(1).ToArray());
    }
}
