using System.Text.Json.Nodes;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.Settings;

public class SettingsFileTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private const string Good = $$"""
        {
          "apiVersion": 1,
          "jwt": { "issuer": "i", "audience": "a", "signingKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" },
          "gates": { "north-in-1": "{{Key}}" },
          "citizenKey": "x", "stayKey": "y", "pagesKey": "z", "auditKey": "a"
        }
        """;

    [Fact]
    public void Parse_DevelopmentFile_HasTokensKeyAndGates()
    {
        var settings = SettingsFile.Parse(Good);

        Assert.Equal(("i", "a"), (settings.Jwt?.Issuer, settings.Jwt?.Audience));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (byte)i), settings.Jwt?.SigningKey);
        Assert.Equal(Key, settings.GateKeys["north-in-1"]);
    }

    [Fact]
    public void Parse_GivenTokens_AreTaken()
    {
        var settings = SettingsFile.Parse("""{ "apiVersion": 1, "tokens": { "operator": "o", "citizens": ["c1", "c2"] }, "gates": {} }""");

        Assert.Equal("o", settings.Tokens?.Operator);
        Assert.Equal(["c1", "c2"], settings.Tokens?.Citizens);
    }

    [Theory]
    [InlineData("apiVersion", "2", "apiVersion")]
    [InlineData("apiVersion", null, "apiVersion")]
    [InlineData("jwt", null, "jwt, tokens")]
    [InlineData("jwt", "7", "jwt.issuer")]
    [InlineData("jwt", """{ "issuer": "", "audience": "a", "signingKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" }""", "jwt.issuer")]
    [InlineData("jwt", """{ "issuer": "i", "signingKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" }""", "jwt.audience")]
    [InlineData("jwt", """{ "issuer": "i", "audience": "a", "signingKey": "AAEC" }""", "jwt.signingKey")]
    [InlineData("jwt", """{ "issuer": "i", "audience": "a", "signingKey": "?!" }""", "jwt.signingKey")]
    [InlineData("tokens", """{ "operator": "o", "citizens": ["c"] }""", "jwt, tokens")]
    [InlineData("gates", null, "gates")]
    [InlineData("gates", """{ "north-in-1": "too-short" }""", "gates.north-in-1")]
    [InlineData("gates", """{ "north-in-1": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" }""", "gates.north-in-1")]
    [InlineData("gates", """{ "north-in-1": 5 }""", "gates.north-in-1")]
    [InlineData("gate", "{}", "gate: unknown field")]
    public void Parse_OneFault_NamesItsField(string field, string? value, string expected)
    {
        var root = JsonNode.Parse(Good)!.AsObject();
        root.Remove(field);
        if (value is not null)
        {
            root[field] = JsonNode.Parse(value);
        }

        var error = Assert.Throws<SettingsException>(() => SettingsFile.Parse(root.ToJsonString()));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "operator": "o", "citizens": [] }""", "tokens.citizens")]
    [InlineData("""{ "operator": "o", "citizens": ["c", 1] }""", "tokens.citizens")]
    [InlineData("""{ "citizens": ["c"] }""", "tokens.operator")]
    public void Parse_FaultyTokens_NamesTheField(string tokens, string expected)
    {
        var error = Assert.Throws<SettingsException>(
            () => SettingsFile.Parse($$"""{ "apiVersion": 1, "tokens": {{tokens}}, "gates": {} }"""));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralFaults_NamesAllAndNoSecret()
    {
        var error = Assert.Throws<SettingsException>(() => SettingsFile.Parse(
            """{ "apiVersion": 9, "jwt": { "issuer": "i", "audience": "a", "signingKey": "secret-1" }, "gates": { "g": "secret-2" } }"""));

        Assert.Contains("apiVersion", error.Message, StringComparison.Ordinal);
        Assert.Contains("jwt.signingKey", error.Message, StringComparison.Ordinal);
        Assert.Contains("gates.g", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_NamesIt()
    {
        var error = Assert.Throws<SettingsException>(() => SettingsFile.Load("no-such-file.json"));

        Assert.StartsWith("no-such-file.json: cannot be read", error.Message, StringComparison.Ordinal);
    }
}
