using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parking.Ports;
using Parking.Stores.Redis;
using Parking.Stores.Sqlite;

namespace Parking.Stores;

/// <summary>Registers the ports of the live store, all on the same store.</summary>
public static class LiveStoreSetup
{
    /// <summary>The section of the configuration with the settings of a live store of its own.</summary>
    public const string Section = RedisOptions.Section;

    /// <summary>These settings with their default values, for whoever must know their names and types.</summary>
    public static object Defaults => new RedisOptions();

    /// <summary>
    /// Uses Redis if <c>Redis:Configuration</c> is set, otherwise the embedded store. Neither is opened before its first use.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="embeddedFile">The path of the embedded store's file.</param>
    /// <param name="isSimulation">Whether the store holds a simulation's data.</param>
    /// <param name="secretsOf">Tells under which secrets the data is written.</param>
    public static IServiceCollection AddLiveStore(
        this IServiceCollection services,
        string embeddedFile,
        bool isSimulation,
        Func<IServiceProvider, IReadOnlyList<SecretCheck>> secretsOf)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptions.Validator>();
        services.AddSingleton(provider => new RedisConnection(
            provider.GetRequiredService<IOptions<RedisOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            isSimulation,
            secretsOf(provider)));
        services.AddSingleton(provider => new SqliteDatabase(
            embeddedFile, provider.GetRequiredService<TimeProvider>(), isSimulation, secretsOf(provider)));
        services.AddSingleton<ILiveStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisLiveStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteLiveStore>(provider));
        services.AddSingleton<ITimelineStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IJournalStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<ISpaceStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IFacilityStore>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<ILiveStore>());
        services.AddSingleton<IAccountStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisAccountStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteAccountStore>(provider));
        services.AddSingleton<IArchiveFeed>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisArchiveFeed>(provider)
            : ActivatorUtilities.CreateInstance<SqliteArchiveFeed>(provider));
        services.AddSingleton<ICommandStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisCommandStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteCommandStore>(provider));
        services.AddSingleton<IStoreClock>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisStoreClock>(provider)
            : new SqliteStoreClock());
        services.AddSingleton<IPageKeyStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisPageKeyStore>(provider)
            : ActivatorUtilities.CreateInstance<SqlitePageKeyStore>(provider));
        services.AddSingleton<IWithdrawalStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisWithdrawalStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteWithdrawalStore>(provider));
        services.AddSingleton<IScreenStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisScreenStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteScreenStore>(provider));
        services.AddSingleton<IDeviceStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisDeviceStore>(provider)
            : ActivatorUtilities.CreateInstance<SqliteDeviceStore>(provider));
        services.AddSingleton<IAuditHeadStore>(provider => UsesRedis(provider)
            ? ActivatorUtilities.CreateInstance<RedisAuditHeadStore>(provider)
            : new SqliteAuditHeadStore(provider.GetRequiredService<SqliteDatabase>(), embeddedFile));
        return services;
    }

    private static bool UsesRedis(IServiceProvider provider) =>
        !string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<RedisOptions>>().Value.Configuration);
}
