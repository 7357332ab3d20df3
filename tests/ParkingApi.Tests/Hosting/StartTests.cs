using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Start;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Audit;
using Parking.Facilities;

namespace Parking.Api.Tests.Hosting;

public sealed class StartTests
{
    private const string SomeKey = "dGhpcyBpcyBhIGtleSBvZiAzMiBieXRlcyBmb3IgdXM=";
    private const string OtherKey = "dGhpcyBpcyBhbm90aGVyIG9uZSBvZiAzMiBieXRlcyE=";

    [Fact]
    public void Start_OutsideDevelopmentWithNothing_NamesEverySettingThatIsMissing()
    {
        var message = MessageOfStart();

        foreach (var setting in new[]
        {
            "Secrets:CitizenKey", "Secrets:StayKey", "Secrets:AuditKey", "Gates:KeysFile", "Authentication:Schemes:Bearer:Authority",
            "Authentication:Schemes:Bearer:ValidAudience", "Codes:KeyRingFile",
        })
        {
            Assert.Contains(setting, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Start_OutsideDevelopmentWithEverything_Succeeds()
    {
        using var folder = new TempFolder();
        using var app = Outside([.. Complete(folder), ("Codes:CreateKeyRing", "true")]);

        using var client = app.CreateClient();

        Assert.True(File.Exists(app.PathOf("keyring.json")));
        Assert.False(File.Exists(app.PathOf(DevelopmentSecrets.FileName)));
    }

    [Fact]
    public void Start_OutsideDevelopmentWithoutKeyRing_DoesNotMakeOne()
    {
        using var folder = new TempFolder();

        var message = MessageOfStart(Complete(folder));

        Assert.Contains("Codes:CreateKeyRing=true", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrets:", message, StringComparison.Ordinal);
    }

    /// <summary>Without a provider nobody could sign in.</summary>
    [Fact]
    public void Start_OutsideDevelopmentWithPages_NamesEverySettingThatTheyNeed()
    {
        using var folder = new TempFolder();

        var message = MessageOfStart([.. Complete(folder), ("Codes:CreateKeyRing", "true"), ("Pages:Origin", "https://parking.example")]);

        foreach (var setting in new[]
        {
            "Secrets:PagesKey", "Authentication:Schemes:OpenIdConnect:Authority", "Authentication:Schemes:OpenIdConnect:ClientId",
        })
        {
            Assert.Contains(setting, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://parking.example")]
    [InlineData("https://parking.example/")]
    [InlineData("https://parking.example/pages")]
    [InlineData("parking.example")]
    public void Start_OriginThatIsNone_IsRefused(string origin)
    {
        using var folder = new TempFolder();

        var message = MessageOfStart([.. Complete(folder), ("Pages:Origin", origin)]);

        Assert.Contains($"Pages:Origin is '{origin}', which is not an origin", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Secrets:CitizenKey", "c2hvcnQ=", "Secrets:CitizenKey is not 32 bytes in base64")]
    [InlineData("Secrets:StayKey", "no base64!", "Secrets:StayKey is not 32 bytes in base64")]
    [InlineData("Secrets:StayKey", SomeKey, "Secrets:CitizenKey and Secrets:StayKey are the same")]
    [InlineData("Secrets:AuditKey", SomeKey, "Secrets:AuditKey is no private key of ECDSA on P-256")]
    [InlineData("Secrets:AuditKey", "no base64!", "Secrets:AuditKey is no private key of ECDSA on P-256")]
    [InlineData("Codes:Lifetime", "00:00:01", "Codes:Lifetime is 00:00:01. It must be whole seconds, 00:00:10 to 00:10:00")]
    [InlineData("Codes:Lifetime", "00:00:20", "Codes:Redraw (00:00:30) must be shorter than Codes:Lifetime (00:00:20)")]
    [InlineData("Codes:Lifetime", "60s", "Codes:Lifetime is '60s'. It must be a duration as hours:minutes:seconds")]
    [InlineData("Codes:CreateKeyRing", "perhaps", "Codes:CreateKeyRing is 'perhaps'. It must be true or false")]
    [InlineData("RateLimits:ScansPerSecond", "many", "RateLimits:ScansPerSecond is 'many'. It must be a whole number")]
    [InlineData("Codes:Lifetim", "00:01:00", "Codes:Lifetim is no setting. Did you mean Codes:Lifetime?")]
    [InlineData("Secret:StayKey", "x", "Secret is no section of settings. Did you mean Secrets?")]
    [InlineData("Redis:AllowVolatile", "perhaps", "Redis:AllowVolatile is 'perhaps'. It must be true or false")]
    [InlineData("Redis:Host", "127.0.0.1", "Redis:Host is no setting. There is Redis:AllowVolatile, Redis:Configuration.")]
    [InlineData("Redis:Configuration", "passwrod=s3cret", "Redis:Configuration cannot be read")]
    [InlineData("Redis:Configuration", "password=s3cret", "Redis:Configuration names no host")]
    [InlineData("Codes:Skew", "00:00:00.5", "Codes:Skew is 00:00:00.5000000. It must be whole seconds")]
    [InlineData("Codes:OfflineHorizon", "100.00:00:00", "Codes:OfflineHorizon")]
    [InlineData("Codes:SigningPeriod", "00:10:00", "Codes:SigningPeriod")]
    [InlineData("RateLimits:MintsPerMinute", "0", "MintsPerMinute")]
    [InlineData("RateLimits:ScansPerSecond", "0", "ScansPerSecond")]
    [InlineData("Gates:KeysFile", "no-such-file.json", "Gates:KeysFile names no-such-file.json, which cannot be read")]
    public void Start_WithAWrongSetting_SaysWhichAndWhatIsRight(string key, string value, string expected)
    {
        using var folder = new TempFolder();

        var message = MessageOfStart([.. Complete(folder), ("Codes:CreateKeyRing", "true"), (key, value)]);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", message, StringComparison.Ordinal);
        Assert.DoesNotContain(SomeKey, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithWrongSettingsOfEveryKind_ListsAllOfThem()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.PathOf("ring.json"), """{"version":1}""");

        var message = MessageOfStart(
            [
                .. Complete(folder), ("Codes:KeyRingFile", folder.PathOf("ring.json")), ("Codes:Skew", "60s"), ("Stays:AntiPassbak", "1"),
                ("Stays:AntiPassback", "2.00:00:00"), ("Authentication:Schemes:Bearer:ValidAudience", null),
            ]);

        foreach (var expected in new[]
        {
            "ring.json) cannot be used: Key ring, at ", "Codes:Skew is '60s'", "Stays:AntiPassbak is no setting", "Bearer:ValidAudience",
            "AntiPassback must be between",
        })
        {
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_OfAProcessWithAWrongSetting_EndsWithOneAndNoStackTrace()
    {
        using var folder = new TempFolder();
        using var service = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(Program).Assembly.Location, "--environment", "Development", "--Data:Folder", folder.Path, "--Codes:Lifetime", "60s",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = service.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await service.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await service.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, service.ExitCode);
        Assert.Contains("Codes:Lifetime is '60s'", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors + await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTheWrongPassword_NamesHostAndReason()
    {
        // A machine that is too busy to connect in time learns nothing of the password.
        await using var redis = await RedisServer.StartNewAsync("--requirepass", "another");
        using var app = new ParkingApplication(("Redis:Configuration", $"{redis.Configuration},password=s3cret,connectTimeout=300000"));

        var error = Assert.Throws<InvalidSettingsException>(() => app.CreateClient());

        var message = StartErrors.MessageOf(error);
        Assert.Contains(redis.Configuration, message, StringComparison.Ordinal);
        Assert.Contains("WRONGPASS", message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithAFolderAsCity_SaysSo()
    {
        using var folder = new TempFolder();
        using var app = new ParkingApplication(("City:File", folder.Path));

        var error = Assert.Throws<CityFileException>(() => app.CreateClient());

        Assert.Contains("this is a folder", StartErrors.MessageOf(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"gates":{"no-such-gate":"00"}}""", "'no-such-gate': the city has no such gate")]
    [InlineData("""{"gates":{"hsp-in-1":"00"}}""", "'hsp-in-1' has something else than the 64 hexadecimal digits")]
    [InlineData(
        """{"gates":{"hsp-in-1":"x123456789012345678901234567890123456789012345678901234567890123"}}""", "'hsp-in-1' has something else")]
    [InlineData("""{"gates":[]}""", "is not of the form")]
    [InlineData("""{"gates":{},"more":1}""", "is not of the form")]
    [InlineData("{", "is not of the form")]
    [InlineData(
        """{"gates":{"hsp-in-1":"0123456789012345678901234567890123456789012345678901234567890123", """
            + """ "hsp-in-2":"0123456789012345678901234567890123456789012345678901234567890123"}}""",
        "'hsp-in-2' has the key of 'hsp-in-1'")]
    public void Start_WithWrongGateKeys_SaysWhatIsWrong(string file, string expected)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.PathOf("wrong.json"), file);

        var message = MessageOfStart(
            [.. Complete(folder), ("Codes:CreateKeyRing", "true"), ("Gates:KeysFile", folder.PathOf("wrong.json"))]);

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithAWrongCity_SaysEverythingThatIsWrongWithIt()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.PathOf("city.json"), """{"timeZone":"Mars/Olympus","districts":[],"facilities":7}""");

        using var app = new ParkingApplication(("City:File", folder.PathOf("city.json")));
        var error = Assert.Throws<CityFileException>(() => app.CreateClient());

        Assert.Equal(["$.timeZone", "$.districts", "$.facilities"], error.Errors.Select(e => e.Path));
    }

    [Fact]
    public void Start_InDevelopmentAgain_KeepsItsSecrets()
    {
        using var folder = new TempFolder();
        string Start()
        {
            using var app = new ParkingApplication(("Data:Folder", folder.Path));
            return app.GateKeyOf("hsp-in-1");
        }

        Assert.Equal(Start(), Start());
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Simulation")]
    [UnsupportedOSPlatform("windows")]
    public void Start_OfTheService_MakesItsFilesForThisUserAlone(string environment)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var app = new ParkingApplication { EnvironmentName = environment };
        using var client = app.CreateClient();

        var files = Directory.GetFiles(app.PathOf(""));

        Assert.Contains(app.PathOf("parking.db-wal"), files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Start_InDevelopmentWithAProvider_DoesNotAddItsOwnTokens()
    {
        using var app = new ParkingApplication(
            ("Authentication:Schemes:Bearer:Authority", "https://login.example"),
            ("Authentication:Schemes:Bearer:ValidAudience", "parking"));
        Assert.Null(app.Services.GetRequiredService<IConfiguration>()["Authentication:Schemes:Bearer:SigningKeys:0:Value"]);
    }

    private static IEnumerable<(string, string?)> Complete(TempFolder folder)
    {
        var keys = folder.PathOf("gates.json");
        File.WriteAllText(keys, JsonSerializer.Serialize(new { gates = new Dictionary<string, string> { ["hsp-in-1"] = new('a', 64) } }));
        return
        [
            ("Secrets:CitizenKey", SomeKey), ("Secrets:StayKey", OtherKey), ("Secrets:AuditKey", AuditKey.CreateSecret()),
            ("Gates:KeysFile", keys),
            ("Authentication:Schemes:Bearer:Authority", "https://login.example"),
            ("Authentication:Schemes:Bearer:ValidAudience", "parking"),
        ];
    }

    private static ParkingApplication Outside(IEnumerable<(string, string?)> settings) =>
        new(settings) { EnvironmentName = Environments.Production };

    /// <summary>Everything that a failing start says.</summary>
    private static string MessageOfStart(params IEnumerable<(string, string?)> settings)
    {
        using var app = Outside(settings);
        return Assert.Throws<InvalidSettingsException>(() => app.CreateClient()).Message;
    }
}
