using Microsoft.Extensions.Options;
using Parking.Api.Holders;
using Parking.Api.Hosting.Files;
using Parking.Api.LiveStore.Redis;
using Parking.Api.LiveStore.Sqlite;
using Parking.Api.Simulation;

namespace Parking.Api.LiveStore;

/// <summary>Registers the ports of the live store, all on one store.</summary>
internal static class LiveStoreSetup
{
    /// <summary>
    /// Redis where <c>Redis:Configuration</c> is set, otherwise <c>parking.db</c> in the <see cref="DataFolder"/>. Neither is opened
    /// before its first use.
    /// </summary>
    public static IServiceCollection AddLiveStore(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section);
        services.AddSingleton(provider => new RedisConnection(
            provider.GetRequiredService<IOptions<RedisOptions>>(), provider.GetRequiredService<IHostEnvironment>().IsSimulation()));
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<DataFolder>().PathOf("parking.db"), provider.GetRequiredService<IHostEnvironment>().IsSimulation()));
        services.AddSingleton<ILiveStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisLiveStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteLiveStore>(provider));
        services.AddSingleton<ITimelineStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IJournalStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<ISpaceStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IFacilityStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IHolderStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisHolderStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteHolderStore>(provider));
        return services;
    }

    private static bool UsesRedis(IServiceProvider provider) =>
        !string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<RedisOptions>>().Value.Configuration);
}
