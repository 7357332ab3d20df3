using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Parking.Optics.Images;
using Parking.Optics.Readers;
using Parking.ScannerSim;

namespace Parking.QrReader.Tests.Optics.Trials;

public sealed class OpticsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Optics_MadeFrames_AreCountedByKind()
    {
        var (exitCode, output, errors) = await RunAsync("--kinds", "clean,decoy-print", "--frames", "2");

        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Matches(@"clean +│ +2 │ +2 │ +2 │ +0 │ 100\.00 │ +\d+\.\d │ +\d+\.\d │ +\d+\.\d │", output);
        Assert.Matches(@"decoy-print +│ +2 │ +0 │ +│ +0 │ +│", output);
        Assert.Matches(@"all without a symbol +│ +2 │", output);
        Assert.Contains("OK: no wrong text was read.", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Optics_SavedFrames_GiveTheSameRates()
    {
        var corpus = _folder.PathOf("corpus");
        var montage = _folder.PathOf("sheet.png");

        var (made, first, _) = await RunAsync(
            "--kinds", "gate-mix,mirrored,decoy-cut-off", "--frames", "1", "--symbols", "mixed", "--save", corpus, "--json");
        var (read, second, _) = await RunAsync(corpus, "--jobs", "2", "--montage", montage, "--json");

        Assert.Equal((ExitCodes.Good, ExitCodes.Good), (made, read));
        Assert.Equal(8, Directory.GetFiles(corpus).Length);
        Assert.Equal(Counts(first), Counts(second));
        Assert.True(PictureFile.Load(montage).Width > 1000);
    }

    [Fact]
    public async Task Optics_WrongTextAndBrokenPicture_AreNamedAndExitWithOne()
    {
        DrawnSymbol.Of("ONE", ErrorCorrectionLevel.Medium).Picture(modulePixels: 4).SavePng(_folder.PathOf("1.png"));
        File.WriteAllText(_folder.PathOf("1.txt"), "ANOTHER");
        File.WriteAllText(_folder.PathOf("2.png"), "no picture");
        File.WriteAllText(_folder.PathOf("2.txt"), "TWO");

        var (exitCode, output, errors) = await RunAsync(_folder.Path);

        Assert.Equal(ExitCodes.Bad, exitCode);
        Assert.Contains("NOT OK", output, StringComparison.Ordinal);
        Assert.Contains("1 files could not be used.", output, StringComparison.Ordinal);
        Assert.Contains("2.png: not a picture", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Optics_Rotations_AreSummedUpEach()
    {
        var (exitCode, output, _) = await RunAsync("--kinds", "clean", "--frames", "1", "--rotate", "0,90,180,270", "--jobs", "2");

        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Matches(@"clean +│ +4 │ +4 │ +4 │", output);
        Assert.Matches(@"turned by 0 +│ +1 │ +1 │ +1 │", output);
        Assert.Matches(@"turned by 270 +│ +1 │ +1 │ +1 │", output);
        Assert.Contains("Times are not reported", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Optics_ZXing_ReadsTheSameFrames()
    {
        var (exitCode, output, _) = await RunAsync("--kinds", "clean,decoy-print", "--frames", "2", "--reader", "zxing");

        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Matches(@"clean +│ +2 │ +2 │ +2 │ +0 │ 100\.00 │ +\d+\.\d │ +\d+\.\d │ +\d+\.\d │", output);
        Assert.Contains("Read by zxing;", output, StringComparison.Ordinal);
    }

    /// <summary>If zbarimg is not installed, the other readers are compared and the output says so.</summary>
    [Fact]
    public async Task Optics_AllReaders_StandSideBySideWithRatesAndTimes()
    {
        var (exitCode, output, _) = await RunAsync("--kinds", "clean,decoy-print", "--frames", "2", "--reader", "all");

        var (readers, names) = ZbarReader.IsInstalled ? (3, "own, zxing, zbar") : (2, "own, zxing");
        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Matches($@"clean +│ +2 │{Columns(@"100\.0")}{Columns("0")}{Columns(@"\d+\.\d")}{Columns(@"\d+\.\d")}", output);
        Assert.Matches($@"decoy-print +│ +2 │{Columns("")}{Columns("0")}{Columns(@"\d+\.\d")}", output);
        Assert.Contains($"Read by {names};", output, StringComparison.Ordinal);
        Assert.Contains(
            ZbarReader.IsInstalled ? "its times include starting it" : "The reader zbar needs the program zbarimg",
            output,
            StringComparison.Ordinal);

        string Columns(string figure) => string.Concat(Enumerable.Repeat($" +{figure} │", readers));
    }

    [Fact]
    public async Task Optics_AllReadersAsJson_IsAListOfThem()
    {
        var (_, output, _) = await RunAsync("--kinds", "clean", "--frames", "1", "--reader", "all", "--json");

        using var document = JsonDocument.Parse(output);
        var readers = document.RootElement.EnumerateArray().Select(static reader => reader.GetProperty("reader").GetString());
        Assert.Equal(ZbarReader.IsInstalled ? ["own", "zxing", "zbar"] : ["own", "zxing"], readers);
    }

    [Fact]
    public async Task Optics_Zbar_ReadsTheSameFrames()
    {
        if (!ZbarReader.IsInstalled)
        {
            Assert.Skip("zbarimg is not installed.");
        }

        var (exitCode, output, _) = await RunAsync("--kinds", "clean,gate-hard", "--frames", "2", "--reader", "zbar");

        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Matches(@"clean +│ +2 │ +2 │ +2 │ +0 │ 100\.00 │ +\d+\.\d │ +\d+\.\d │ +\d+\.\d │", output);
        Assert.Contains("zbarimg is a separate program", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no kind or set 'foggy'", "--kinds", "clean,foggy")]
    [InlineData("--strength must be", "--strength", "5")]
    [InlineData("--size must be such as 1920x1080", "--size", "640")]
    [InlineData("--rotate must be one or more of", "--rotate", "0,45")]
    [InlineData("--frames must be from 1", "--frames", "0")]
    [InlineData("there is no such folder", "no-such-folder")]
    public async Task Optics_WrongUsage_ExitsWithTwoAndSaysWhy(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        Assert.Equal(ExitCodes.CannotRun, exitCode);
        Assert.Contains(expected, errors + output, StringComparison.Ordinal);
    }

    /// <summary>Pictures must not depend on a machine's fonts, so they are drawn with our own letters.</summary>
    [Fact]
    public void IsSet_EveryLetter_IsAnotherOne()
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:-+*/%#()_=@'!?";
        var drawn = Letters.Select(static letter => string.Concat(Enumerable.Range(0, PixelFont.Width * PixelFont.Height)
            .Select(pixel => PixelFont.IsSet(letter, pixel % PixelFont.Width, pixel / PixelFont.Width) ? '#' : '.')));

        Assert.Equal(Letters.Length, drawn.Distinct().Count());
    }

    private static IEnumerable<string> Counts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("kinds").EnumerateArray().Select(static kind =>
            $"{kind.GetProperty("name")} {kind.GetProperty("frames")} {kind.GetProperty("exact")} {kind.GetProperty("wrong")}")];
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var exitCode = await Simulator.RunAsync(
            ["optics", .. arguments], new InvocationConfiguration { Output = output, Error = errors }, new FakeTimeProvider());
        return (exitCode, output.ToString(), errors.ToString());
    }
}
