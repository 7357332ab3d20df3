using System.CommandLine;

namespace Parking.ScannerSim.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("demo --drivers 0", "--drivers must be from 1 to 400")]
    [InlineData("demo --drivers many", "--drivers must be from 1 to 400")]
    [InlineData("demo --seed x", "x")]
    [InlineData("demo --store mongo", "mongo")]
    [InlineData("demo --api ftp://somewhere --settings s.json", "--api must be the address of a service")]
    [InlineData("demo --api http://localhost:1", "--api needs --settings FILE")]
    [InlineData("demo --settings s.json", "--settings and --city go with --api")]
    [InlineData("demo --sead 1", "--sead")]
    [InlineData("demo --port 5080", "--port goes with --pages")]
    [InlineData("demo --no-past", "--no-past goes with --pages")]
    [InlineData("demo --pages --port 0", "--port must be from 1 to 65535")]
    [InlineData("demo --pages --drivers 3", "--drivers does not go with it")]
    [InlineData("demo --pages --api http://localhost:1 --settings s.json", "--api does not go with it")]
    [InlineData("demo --listen pc.local:8443", "--listen goes with --pages")]
    [InlineData("demo --pages --listen pc.local:8443", "--listen with https needs --certificate FILE")]
    [InlineData("demo --pages --listen http://192.168.1.20:8080", "--listen may have http on a loopback address only")]
    [InlineData("demo --pages --listen https://0.0.0.0:8443 --certificate x.pem", "--listen has 0.0.0.0, which no phone can open")]
    [InlineData("demo --pages --listen pc.local:8443 --certificate no-such.pem", "no-such.pem")]
    [InlineData("demo --pages --listen http://localhost:8080 --certificate x.pem", "--certificate goes with --listen https://")]
    [InlineData("demo --pages --listen pc.local:8443 --certificate=", "Required argument missing for option: '--certificate'")]
    [InlineData("demo --pages=maybe", "maybe")]
    [InlineData("load --screens=", "Required argument missing for option: '--screens'")]
    [InlineData("load --screens 1 --seconds=", "Required argument missing for option: '--seconds'")]
    [InlineData("load --screens 1 --warm-up=", "Required argument missing for option: '--warm-up'")]
    [InlineData("token --citizen=", "Required argument missing for option: '--citizen'")]
    [InlineData("phone --file x --citizen wang-fang --api http://localhost:5080 --settings=", "missing for option: '--settings'")]
    [InlineData("demo --pages --key x.key", "--key goes with --listen https://")]
    [InlineData("gate --api http://localhost:1", "--gate")]
    [InlineData("gate --gate north-in-1", "--api")]
    [InlineData("gate --gate north-in-1 --api http://localhost:1 --journal=", "--journal")]
    [InlineData("gate --gate north-in-1 --api http://localhost:1 --direction up", "up")]
    [InlineData("generate", "--out")]
    [InlineData("generate --out x --scans 0", "--scans must be from 1 to")]
    [InlineData("generate --out x --facilities many", "--facilities must be from 1 to 10000")]
    [InlineData("generate --out x --start tomorrow", "--start must be a date such as 2026-05-11")]
    [InlineData("generate --out no-such-folder/x", "no-such-folder")]
    [InlineData("generate --out x --profile no-such-profile.json", "no-such-profile.json")]
    [InlineData("import --map melbourne-2016 --out x", "import")]
    [InlineData("import x.csv --map no-such-map --out x", "none of the built-in mappings leeuwarden, melbourne-2016")]
    [InlineData("import no-such-table.csv --map leeuwarden --out x", "no-such-table.csv")]
    [InlineData("load --gates 1", "--gates must be from 2 to 10000")]
    [InlineData("load --rate 0", "--rate must be from 0.1 to 5000")]
    [InlineData("load --seconds 0", "--seconds must be from 1 to 3000")]
    [InlineData("load --screens 1 --seconds 841", "--warm-up and --seconds together are at most 840")]
    [InlineData("load --json no-such-folder/x.json", "no-such-folder")]
    [InlineData("optics --kinds foggy", "there is no kind or set 'foggy'")]
    [InlineData("optics --reader nobody", "nobody")]
    [InlineData("optics no-such-folder", "no-such-folder")]
    [InlineData("record --api http://localhost:1 --out x", "--settings")]
    [InlineData("record --api http://localhost:1 --settings s.json", "--out")]
    [InlineData(
        "record --api http://localhost:1 --settings s.json --out x --for soon",
        "--for must be a time such as 90s, 30m, 8h or 2d, at most 30d")]
    [InlineData("record --api http://localhost:1 --settings s.json --out x --for 31d", "--for must be a time")]
    [InlineData("record --api http://localhost:1 --settings s.json --out x --for 2000000000h", "--for must be a time")]
    [InlineData("record --out x", "Give one of --api URL and --from FILE")]
    [InlineData("record --from no-such-file.recording --out x", "no-such-file.recording")]
    [InlineData("record --api http://localhost:1 --settings no-such-file.json --out x", "no-such-file.json")]
    [InlineData("token", "Give one of --citizen CODE and --duty DUTY")]
    [InlineData("token --citizen x --duty watch@city", "Give one of --citizen CODE and --duty DUTY")]
    [InlineData("token --duty operate@everywhere", "operate@everywhere is no duty")]
    [InlineData("token --duty watch@city --settings no-such-file.json", "no-such-file.json")]
    [InlineData("gate-key", "--gate")]
    [InlineData("gate-key --gate x --settings no-such-file.json", "no-such-file.json")]
    [InlineData("phone", "--file")]
    [InlineData("phone --file x --citizen wang-fang", "To link a phone, give --api, --settings and --citizen")]
    [InlineData("phone --file no-such.phone", "no-such.phone")]
    [InlineData("nothing", "nothing")]
    [InlineData("read --jsn ticket.png", "There is no option --jsn")]
    [InlineData("import --verbos stays.csv --map leeuwarden --out x", "There is no option --verbos")]
    [InlineData("replay --plan", "There is no option --plan")]
    [InlineData("generate --out ", "--out must not be empty")]
    [InlineData("import  --map leeuwarden --out x", "A file must not be empty")]
    [InlineData("import a.csv --map  --out x", "--map must not be empty")]
    public async Task Run_WrongUsage_ExitsWithTwoAndSaysWhy(string arguments, string expected)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal(ExitCodes.CannotRun, code);
        Assert.Contains(expected, errors + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfAFolder_SaysWhatToName()
    {
        using var folder = new TempFolder();

        var (code, _, errors) = await RunAsync($"read {folder.Path}");

        Assert.Equal(1, code);
        Assert.Contains("this is a folder. Name the pictures in it", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfWhatDoesNotEnd_GivesUp()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no /dev/zero here.");

        var (code, _, errors) = await RunAsync("read /dev/zero");

        Assert.Equal(1, code);
        Assert.Contains("it is no picture that can be read", errors, StringComparison.Ordinal);
    }

    /// <summary>It comes before the trace is read.</summary>
    [Fact]
    public async Task Replay_WithAReportThatCannotBeWritten_SaysSoFirst()
    {
        var (code, _, errors) = await RunAsync("replay no-such-trace.ndjson --report no-such-folder/report.html");

        Assert.Equal(ExitCodes.CannotRun, code);
        Assert.Contains("no-such-folder", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-trace", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "demo", "read", "gate", "generate", "import")]
    [InlineData("generate --help", "--profile", "generate --seed 7 --facilities 20 --scans 20000 --out day.ndjson")]
    [InlineData("import --help", "--map", "melbourne-2016", "--verbose")]
    [InlineData("record --help", "--for", "record --api https://parking.example --settings operator.json --for 8h --out shift.ndjson.gz")]
    [InlineData("demo --help", "--seed", "\"signingKey\"", "demo --pages", "--port", "demo --store embedded --plain > demo.log")]
    [InlineData("gate --help", "--watch", "PARKING_GATE_KEY", "gate --gate hsp-in-1")]
    [InlineData("load --help", "--rate", "--sync", "load --gates 1000 --rate 200 --seconds 60 --json load.json")]
    [InlineData("optics --help", "--montage", "perspective-40", "decoy-print", "optics corpus --reader zbar")]
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
            arguments.Split(' '),
            new InvocationConfiguration { Output = output, Error = errors },
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        return (code, output.ToString(), errors.ToString());
    }
}
