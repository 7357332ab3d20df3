using Parking.Codes;
using Parking.GateProgram.Sources;
using Parking.ScannerSim.Gates;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class FolderPicturesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _reports = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_PicturesThereAndComing_GivesTheirTextsAndNamesTheRest()
    {
        Draw("a.png", "FIRST");
        await File.WriteAllTextAsync(_folder.PathOf("notes.txt"), "no picture", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder.PathOf("b.png"), Blank(), TestContext.Current.CancellationToken);

        await using var codes = Watch()
            .ReadAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await codes.MoveNextAsync());
        Assert.Equal("FIRST", codes.Current);

        // A camera writes a file in pieces. Here only the first half of the file exists for some time.
        var drawn = CodeDrawing.ToPng("SECOND", 4);
        var path = _folder.PathOf("c.png");
        await File.WriteAllBytesAsync(path, drawn[..(drawn.Length / 2)], TestContext.Current.CancellationToken);
        var next = codes.MoveNextAsync();
        await File.WriteAllBytesAsync(path, drawn, TestContext.Current.CancellationToken);
        Assert.True(await next);
        Assert.Equal("SECOND", codes.Current);

        Assert.Equal(["b.png: no symbol could be read"], _reports);
    }

    [Fact]
    public async Task Read_NoFolder_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(async () =>
        {
            var pictures = new FolderPictures(_folder.PathOf("missing"), new PictureFileCodes(), _reports.Add, Clock);
            await foreach (var _ in pictures.ReadAsync(TestContext.Current.CancellationToken))
            {
                Assert.Fail("There is no folder to read from.");
            }
        });

        Assert.Contains("Make it first", error.Message, StringComparison.Ordinal);
    }

    // The operating system's file watcher works in real time.
#pragma warning disable RS0030
    private static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030

    private FolderPictures Watch() => new(_folder.Path, new PictureFileCodes(), _reports.Add, Clock);

    private void Draw(string name, string text) => File.WriteAllBytes(_folder.PathOf(name), CodeDrawing.ToPng(text, 4));

    private static byte[] Blank()
    {
        using var bitmap = new SkiaSharp.SKBitmap(64, 64);
        bitmap.Erase(SkiaSharp.SKColors.White);
        using var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
