using System.CommandLine;
using System.Text.Json;
using Parking.Optics.Images;
using Parking.ScannerSim.Reading;

namespace Parking.QrReader.Tests.Reading;

public sealed class ReadCommandTests : IDisposable
{
    private const string Text = "停车场\tA\r\nline 2";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ReadableImages_WritesOneLineEach()
    {
        var (first, second) = (Save("first.png", "SP1:ONE"), Save("second.png", Text));

        var (exitCode, output, errors) = Run(first, second);

        Assert.Equal(0, exitCode);
        Assert.Equal($"{first}\tSP1:ONE{Environment.NewLine}{second}\t停车场\\tA\\r\\nline 2{Environment.NewLine}", output);
        Assert.Empty(errors);
    }

    [Fact]
    public void Read_ImageWithoutSymbol_LeavesTheTextEmptyAndExitsWithOne()
    {
        var blank = _folder.PathOf("blank.png");
        new GreyPicture(40, 40, new byte[1600]).SavePng(blank);

        var (exitCode, output, errors) = Run(blank, Save("good.png", "GOOD"));

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{blank}\t{Environment.NewLine}", output, StringComparison.Ordinal);
        Assert.Contains("\tGOOD", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public void Read_MissingFile_IsNamedAndTheOthersAreRead()
    {
        var missing = _folder.PathOf("missing.png");

        var (exitCode, output, errors) = Run(missing, Save("good.png", "GOOD"));

        Assert.Equal(1, exitCode);
        Assert.Contains("\tGOOD", output, StringComparison.Ordinal);
        Assert.StartsWith(missing + ":", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Json_TellsEverythingAboutEachImage()
    {
        var missing = _folder.PathOf("missing.png");
        var good = Save("good.png", Text);

        var (exitCode, output, _) = Run("--json", good, missing);

        Assert.Equal(1, exitCode);
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement;
        Assert.Equal(2, results.GetArrayLength());
        Assert.Equal(good, results[0].GetProperty("path").GetString());
        Assert.Equal(Text, results[0].GetProperty("text").GetString());
        Assert.Equal("M", results[0].GetProperty("level").GetString());
        Assert.InRange(results[0].GetProperty("version").GetInt32(), 1, 5);
        Assert.Equal(4, results[0].GetProperty("corners").GetArrayLength());
        Assert.True(results[0].GetProperty("corners")[2].GetProperty("x").GetDouble() > 50);
        Assert.True(results[0].GetProperty("milliseconds").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, results[0].GetProperty("error").ValueKind);
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("text").ValueKind);
        Assert.StartsWith(missing + ":", results[1].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoImage_IsAnError()
    {
        var (exitCode, _, errors) = Run();

        Assert.Equal(1, exitCode);
        Assert.Contains("image", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain \\ text", "plain \\ text")]
    [InlineData("\t\r\n", "\\t\\r\\n")]
    [InlineData("\u0000\u001D\u007F\u0085\u2028", "\\u0000\\u001D\\u007F\\u0085\\u2028")]
    public void Escape_ControlCharacters_StayOnOneLine(string text, string expected) => Assert.Equal(expected, OneLineText.Escape(text));

    private string Save(string name, string text)
    {
        var path = _folder.PathOf(name);
        DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium).Picture(modulePixels: 4).SavePng(path);
        return path;
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = errors };
        var exitCode = ReadCommand.Create().Parse(arguments).Invoke(configuration);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
