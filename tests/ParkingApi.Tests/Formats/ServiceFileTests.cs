using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Parking.Api.Hosting.Files;
using Parking.Api.Hosting.Identity;
using Parking.Api.Simulation;

namespace Parking.Api.Tests.Formats;

/// <summary>The service's own files in its data folder, but for the store and the key ring. docs/formats.md lists them.</summary>
public class ServiceFileTests
{
    private const string Secrets = """
        {
          "apiVersion": 1,
          "jwt": {
            "issuer": "parking-development",
            "audience": "parking",
            "signingKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
          },
          "gates": {
            "hsp-in-1": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
          },
          "citizenKey": "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
          "stayKey": "AgECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        }
        """;

    /// <summary>As it is since the service has pages.</summary>
    private static readonly string SecretsWithPages = Secrets.Replace(
        "\n}", ",\n  \"pagesKey\": \"AwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"\n}", StringComparison.Ordinal);

    /// <summary>As it is since there is an audit.</summary>
    private static readonly string SecretsWithAudit = SecretsWithPages.Replace(
        "\n}", ",\n  \"auditKey\": \"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\"\n}", StringComparison.Ordinal);

    private const string GateKeys = """
        {
          "gates": {
            "hsp-in-1": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
          }
        }
        """;

    public static TheoryData<string> SecretsOfAllAges => [Secrets, SecretsWithPages, SecretsWithAudit];

    [Theory]
    [MemberData(nameof(SecretsOfAllAges))]
    public void DevelopmentSecrets_AreWrittenAsBefore_AndReadBack(string secrets)
    {
        var file = JsonSerializer.Deserialize(secrets, SecretFilesJsonContext.Default.DevelopmentFile)!;

        Assert.Equal((1, "parking-development"), (file.ApiVersion, file.Jwt.Issuer));
        Assert.Equal(
            secrets, JsonSerializer.Serialize(file, SecretFilesJsonContext.Default.DevelopmentFile), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void GateKeys_AreWrittenAsBefore_AndReadBack()
    {
        var file = JsonSerializer.Deserialize(GateKeys, SecretFilesJsonContext.Default.GateKeysFile)!;

        Assert.Equal("hsp-in-1", Assert.Single(file.Gates).Key);
        Assert.Equal(
            GateKeys, JsonSerializer.Serialize(file, SecretFilesJsonContext.Default.GateKeysFile), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void SimulationClock_IsWrittenAsBefore_AndReadBack()
    {
        using var folder = new TempFolder();
        var path = folder.PathOf(KeptTime.FileName);
        File.WriteAllText(path, "2016-02-01T08:00:00.2500000Z", Encoding.ASCII);

        using (var kept = KeptTime.Open(Folder(folder)))
        {
            Assert.Equal(Instant.FromUtc(2016, 2, 1, 8, 0) + Duration.FromMilliseconds(250), kept.Read());
            kept.Keep(Instant.FromUtc(2016, 2, 1, 9, 0));
        }

        Assert.Equal("2016-02-01T09:00:00.0000000Z", File.ReadAllText(path));
    }

    [Fact]
    public void SimulationClock_ThatIsNoTime_IsRefusedAndSaysWhatToDo()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.PathOf(KeptTime.FileName), "yesterday");
        using var kept = KeptTime.Open(Folder(folder));

        Assert.Contains("Remove the folder", Assert.Throws<InvalidDataException>(() => kept.Read()).Message, StringComparison.Ordinal);
    }

    private static DataFolder Folder(TempFolder folder)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Configuration["Data:Folder"] = folder.Path;
        return DataFolder.Open(host.Configuration, host.Environment);
    }
}
