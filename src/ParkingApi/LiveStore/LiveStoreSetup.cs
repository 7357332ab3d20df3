using Parking.Api.Holders;
using Parking.Api.Hosting.Files;
using Parking.Api.LiveStore.Sqlite;

namespace Parking.Api.LiveStore;

internal static class LiveStoreSetup
{
    public static IServiceCollection AddLiveStore(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteDatabase(provider.GetRequiredService<DataFolder>().PathOf("parking.db")));
        services.AddSingleton<ILiveStore, SqliteLiveStore>();
        return services.AddSingleton<IHolderStore, SqliteHolderStore>();
    }
}
