using Parking.ScannerSim.Reading;

namespace Parking.QrReader.Tests.Reading;

public class ImageResultTests
{
    private static readonly ImageResult Read = new()
    {
        Path = "frames/入口 1.png",
        Text = "停车场\tA\r\n<line> 2",
        Version = 4,
        Level = "Q",
        Corners = [new(10, 20.5f), new(110.25f, 20), new(110, 120), new(-0.5f, 120)],
        Milliseconds = 3.25,
    };

    private static readonly ImageResult Missing = new() { Path = "missing.png", Error = "missing.png: there is no such file" };

    [Fact]
    public void ToJson_FixedResults_IsTheSample() => SampleFile.Check("Samples/read.json", ImageResult.ToJson([Read, Missing]) + "\n");
}
