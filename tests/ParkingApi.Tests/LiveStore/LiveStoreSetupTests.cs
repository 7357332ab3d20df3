using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Hosting.Files;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;
using Parking.Stores;
using Parking.Stores.Redis;
using Parking.Stores.Sqlite;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>One configuration value picks the store.</summary>
public sealed class LiveStoreSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resolve_NothingConfigured_IsSqliteInTheDataFolder()
    {
        using var host = Build(("Data:Folder", _folder.PathOf("data")));

        Assert.IsType<SqliteAccountStore>(host.Services.GetRequiredService<IAccountStore>());
        var store = Assert.IsType<SqliteLiveStore>(host.Services.GetRequiredService<ILiveStore>());
        await store.CommitAsync(Holder, 0, Bytes("x"));
        Assert.True(File.Exists(_folder.PathOf(Path.Combine("data", "parking.db"))));
    }

    [Fact]
    public async Task Resolve_NoDataFolder_IsBesideTheContent()
    {
        using var host = Build();

        await host.Services.GetRequiredService<ILiveStore>().CommitAsync(Holder, 0, Bytes("x"));

        Assert.True(File.Exists(_folder.PathOf(Path.Combine("App_Data", "parking.db"))));
    }

    [Fact]
    public async Task Resolve_RedisConfigured_IsRedis()
    {
        await using var server = await RedisServer.StartNewAsync("--appendonly", "no");
        using var host = Build(("Redis:Configuration", server.Configuration), ("Redis:AllowVolatile", "true"));

        Assert.IsType<RedisAccountStore>(host.Services.GetRequiredService<IAccountStore>());
        var store = Assert.IsType<RedisLiveStore>(host.Services.GetRequiredService<ILiveStore>());
        Assert.True(await store.CommitAsync(Holder, 0, Bytes("x")));
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _folder.Path });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.AddLiveStore(
            DataFolder.Open(builder.Configuration, builder.Environment).PathOf("parking.db"), isSimulation: false, _ => []);
        return builder.Build();
    }
}
