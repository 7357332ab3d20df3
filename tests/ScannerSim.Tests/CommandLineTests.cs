using System.CommandLine;

namespace Parking.ScannerSim.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("demo --drivers 0", "--drivers must be from 1 to 400")]
    [InlineData("demo --drivers many", "many")]
    [InlineData("demo --seed x", "x")]
    [InlineData("demo --store mongo", "mongo")]
    [InlineData("demo --api ftp://somewhere --settings s.json", "--api must be the address of a service")]
    [InlineData("demo --api http://localhost:1", "--api needs --settings FILE")]
    [InlineData("demo --settings s.json", "--settings and --city go with --api")]
    [InlineData("demo --sead 1", "--sead")]
    [InlineData("gate --api http://localhost:1", "--gate")]
    [InlineData("gate --gate north-in-1", "--api")]
    [InlineData("nothing", "nothing")]
    public async Task Run_WrongUsage_ExitsWithTwoAndSaysWhy(string arguments, string expected)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal(ExitCodes.CannotRun, code);
        Assert.Contains(expected, errors + output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "demo", "read", "gate")]
    [InlineData("demo --help", "--seed", "\"signingKey\"", "demo --store embedded --plain > demo.log")]
    [InlineData("gate --help", "--watch", "PARKING_GATE_KEY", "gate --gate hsp-in-1")]
    [InlineData("read --help", "--json", "read ticket.png", "tab")]
    public async Task Run_Help_ShowsOptionsAndExamples(string arguments, params string[] expected)
    {
        var (code, output, _) = await RunAsync(arguments);

        Assert.Equal(ExitCodes.Good, code);
        Assert.All(expected, text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SettingsFileMissing_ExitsWithTwoAndNamesIt()
    {
        var (code, _, errors) = await RunAsync("gate --gate north-in-1 --api http://localhost:1 --settings no-such-file.json");

        Assert.Equal(ExitCodes.CannotRun, code);
        Assert.StartsWith("no-such-file.json: cannot be read", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Simulator.RunAsync(
            arguments.Split(' '), new InvocationConfiguration { Output = output, Error = errors }, new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        return (code, output.ToString(), errors.ToString());
    }
}
