using Microsoft.Extensions.Options;
using Parking.Api.Holders;
using Parking.Api.LiveStore.Redis;
using Parking.Api.LiveStore.Sqlite;

namespace Parking.Api.LiveStore;

/// <summary>Registers <see cref="ILiveStore"/> and <see cref="IHolderStore"/>.</summary>
internal static class LiveStoreRegistration
{
    /// <summary>
    /// Redis where <c>Redis:Configuration</c> is set, otherwise <c>parking.db</c> in the folder <c>Data:Folder</c> (the default is
    /// <c>App_Data</c>, relative to the content root). Needs a <see cref="TimeProvider"/>. Neither is opened before its first use.
    /// </summary>
    public static IServiceCollection AddLiveStore(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section);
        services.AddSingleton<RedisConnection>();
        services.AddSingleton(provider => new SqliteDatabase(SqlitePath(provider)));
        services.AddSingleton<ILiveStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisLiveStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteLiveStore>(provider));
        services.AddSingleton<IHolderStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisHolderStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteHolderStore>(provider));
        return services;
    }

    private static bool UsesRedis(IServiceProvider provider) =>
        !string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<RedisOptions>>().Value.Configuration);

    private static string SqlitePath(IServiceProvider provider) => Path.Combine(
        provider.GetRequiredService<IHostEnvironment>().ContentRootPath,
        provider.GetRequiredService<IConfiguration>()["Data:Folder"] ?? "App_Data",
        "parking.db");
}
