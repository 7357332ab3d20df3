using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parking.Api.Hosting.Start;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Audit;
using Parking.Ports;
using Parking.Stores.Redis;

namespace Parking.Api.Tests.Hosting;

/// <summary>A service that has another secret than the one under which its store was written, or a store of another layout.</summary>
public sealed class OtherSecretsTests(SharedRedisServer shared) : IDisposable
{
    private const string One = "b25lIGtleSBvZiAzMiBieXRlcyBmb3IgYSBzdG9yZSE=";
    private const string Two = "dHdvIGtleXMgb2YgMzIgYnl0ZXMgZm9yIGEgc3RvcmU=";
    private const string Three = "M3JkIGtleSBvZiAzMiBieXRlcyBmb3IgYSBzdG9yZSE=";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, Three, Two, "Secrets:CitizenKey")]
    [InlineData(false, One, Three, "Secrets:StayKey")]
    [InlineData(false, Two, One, "Secrets:CitizenKey", "Secrets:StayKey")]
    [InlineData(true, Three, Two, "Secrets:CitizenKey")]
    [InlineData(true, One, Three, "Secrets:StayKey")]
    [InlineData(true, Two, One, "Secrets:CitizenKey", "Secrets:StayKey")]
    public async Task Start_OnAStoreOfOtherSecrets_IsRefused_AndSaysWhichDiffer(
        bool onRedis, string citizenKey, string stayKey, params string[] differing)
    {
        var redis = onRedis ? await shared.TakeDatabaseAsync() : null;
        Start(redis, One, Two);

        var message = Assert.Throws<InvalidSettingsException>(() => Start(redis, citizenKey, stayKey)).Message;

        foreach (var setting in new[] { "Secrets:CitizenKey", "Secrets:StayKey" })
        {
            Assert.Equal(differing.Contains(setting), message.Contains($"{setting} is not the secret", StringComparison.Ordinal));
        }
        Assert.DoesNotContain(citizenKey, message, StringComparison.Ordinal);
        Start(redis, One, Two);
    }

    /// <summary>A copy of another city's store was restored, or the store was out of reach at the start.</summary>
    [Fact]
    public async Task Store_OfOtherSecretsUnderARunningService_IsOutOfReach()
    {
        var database = await shared.TakeDatabaseAsync();
        using var app = App(database, One, Two);
        using var anybody = app.AnonymousClient();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/ready", Cancelled)).StatusCode);

        await app.Services.GetRequiredService<RedisConnection>().RunAsync(
            db => db.HashSetAsync(StoreKeys.About, "check:Secrets:StayKey", new string('0', 32)));
        await Assert.ThrowsAsync<StoreRefusedException>(() => app.Services.GetRequiredService<IStoreHealth>().ProbeAsync(Cancelled));

        await Assert.ThrowsAnyAsync<StoreUnavailableException>(
            () => app.Services.GetRequiredService<ITimelineStore>().LoadAsync(LiveStore.Sample.Holder));
    }

    [Fact]
    public async Task Start_OnARedisOfAnotherLayout_IsRefused_AndSaysWhatToDo()
    {
        var database = await shared.TakeDatabaseAsync();
        Start(database, One, Two);
        await using (var subject = new LiveStore.RedisUnderTest(null, database))
        {
            await subject.Connection.RunAsync(db => db.HashSetAsync(StoreKeys.About, StoreKeys.LayoutField, 2));
        }

        var message = Assert.Throws<InvalidSettingsException>(() => Start(database, One, Two)).Message;

        Assert.Contains("has layout 2, and this version of the service knows layout 1", message, StringComparison.Ordinal);
        Assert.Contains("Redis:Configuration", message, StringComparison.Ordinal);
    }

    private void Start(string? redis, string citizenKey, string stayKey)
    {
        using var app = App(redis, citizenKey, stayKey);
        using var client = app.CreateClient();
    }

    private ParkingApplication App(string? redis, string citizenKey, string stayKey)
    {
        var keys = _folder.PathOf("gates.json");
        File.WriteAllText(keys, JsonSerializer.Serialize(new { gates = new Dictionary<string, string> { ["hsp-in-1"] = new('a', 64) } }));
        (string, string?)[] settings =
        [
            ("Data:Folder", _folder.Path), ("Redis:Configuration", redis), ("Codes:CreateKeyRing", "true"), ("Gates:KeysFile", keys),
            ("Secrets:CitizenKey", citizenKey), ("Secrets:StayKey", stayKey), ("Secrets:AuditKey", AuditKey.CreateSecret()),
            ("Authentication:Schemes:Bearer:Authority", "https://login.example"),
            ("Authentication:Schemes:Bearer:ValidAudience", "parking"),
        ];
        return new(settings) { EnvironmentName = Environments.Production };
    }
}
