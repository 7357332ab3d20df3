using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json.Nodes;
using Parking.Optics.Programs;

namespace Parking.ScannerSim.Tests.Settings;

/// <summary>The commands that write what curl needs, and nothing else.</summary>
public class CredentialTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private const string File = $$"""
        {
          "apiVersion": 1,
          "jwt": { "issuer": "i", "audience": "a", "signingKey": "{{Key}}=" },
          "gates": { "north-in-1": "{{Key}}" }
        }
        """;

    [Fact]
    public async Task GateKey_IsWritten() => Assert.Equal(Key, await RunAsync("gate-key", "--gate", "north-in-1"));

    [Theory]
    [InlineData("wang-fang", null, 3600, "--citizen", "wang-fang")]
    [InlineData("operator", """["operate@city"]""", 900, "--duty", "operate@city")]
    [InlineData(
        "li-na", """["watch@city","money@facility:hsp"]""", 900,
        "--duty", "watch@city", "--duty", "money@facility:hsp", "--name", "li-na")]
    public async Task Token_NamesThePersonAndTheirDuties(string subject, string? duties, int seconds, params string[] who)
    {
        var token = await RunAsync(["token", .. who]);

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        Assert.Equal((subject, duties), ((string?)claims["sub"], claims["duty"]?.ToJsonString()));
        Assert.Equal(seconds, (long)claims["exp"]! - (long)claims["iat"]!);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var settings = Path.Combine(folder.FullPath, "development.json");
        await System.IO.File.WriteAllTextAsync(settings, File, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        var code = await Simulator.RunAsync(
            [.. arguments, "--settings", settings],
            new InvocationConfiguration { Output = output },
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        Assert.Equal(ExitCodes.Good, code);
        return output.ToString().TrimEnd();
    }
}
