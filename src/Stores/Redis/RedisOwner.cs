using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Whose data a Redis has: a simulation's, which bears a mark from its first moment, or any other service's, which does not.</summary>
internal static class RedisOwner
{
    /// <summary>Looks for the mark. A simulation that finds neither mark nor data makes the database its own.</summary>
    /// <exception cref="StoreUnavailableException">The data is somebody else's; the message says what to do.</exception>
    public static async Task CheckAsync(IDatabase database, IReadOnlyList<IServer> primaries, bool isSimulation)
    {
        var isMarked = await database.KeyExistsAsync(StoreKeys.Simulation);
        if (isMarked && !isSimulation)
        {
            throw new StoreUnavailableException(
                $"Redis at {NamesOf(primaries)} has a simulation's data in database {database.Database}: nothing in it has happened. Name another database in Redis:Configuration, or empty this one.");
        }

        if (isSimulation && !isMarked)
        {
            var sizes = await Task.WhenAll(primaries.Select(primary => primary.DatabaseSizeAsync(database.Database)));
            if (sizes.Any(size => size > 0))
            {
                throw new StoreUnavailableException(
                    $"Redis at {NamesOf(primaries)} has data in database {database.Database} that is no simulation's. Name an empty database in Redis:Configuration.");
            }

            await database.StringSetAsync(StoreKeys.Simulation, "1");
        }
    }

    private static string NamesOf(IReadOnlyList<IServer> primaries) => string.Join(", ", primaries.Select(primary => primary.EndPoint));
}
