using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Tests.Infrastructure;

/// <summary>Waits until a step waits for another one, so that a race is the same each time.</summary>
internal static class PostgresWaits
{
    public static async Task ForSomebodyAsync(ISqlDatabase database, CancellationToken cancellationToken)
    {
        while (!await database.ReadAsync(
            async db => await db.ScalarAsync<long>(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0,
            cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }
}
