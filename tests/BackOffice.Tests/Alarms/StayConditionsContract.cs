using NodaTime;
using Parking.Alarms;
using Parking.BackOffice.Alarms;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Alarms;

/// <summary>Which facilities the archive shows as alarms, on both databases.</summary>
public abstract class StayConditionsContract(SqlUnderTest sql) : IAsyncDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 0);

    private long _stays;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    [Fact]
    public async Task Facility_WithStaysInDoubt_OrOpenForTooLong_IsFound()
    {
        var city = new CityDirectory([], [Facility("harbour", hours: 48), Facility("station", hours: 24)], []);
        var database = await sql.OpenAsync();
        var yesterday = Now - AlarmRule.ConflictTime;
        StayRow[] stays =
        [
            Stay("harbour", yesterday, StayState.Conflicting, ending: 1),
            Stay("harbour", Now - Duration.FromHours(48), StayState.Provisional),
            Stay("station", Now - Duration.FromHours(25), StayState.Provisional),
            Stay("station", yesterday - Duration.FromSeconds(1), StayState.Conflicting, ending: 1),
            Stay("pier", Now - Duration.FromHours(71), StayState.Provisional),
            Stay("pier", Now - Duration.FromDays(9), StayState.Settled, ending: 1),
            Stay("pier", Now - Duration.FromDays(9), StayState.Withdrawn),
        ];
        await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("INSERT INTO subjects (holder, subject, content) VALUES (1, 's', 0)");
                await ArchiveTables.PutAsync(db, stays);
                return true;
            },
            Cancel);

        Assert.Equal(
            [new(AlarmKind.ConflictingStays, "harbour"), new(AlarmKind.LongStays, "station")],
            await new StayConditions(database, city).ReadAsync(Now, Cancel));
    }

    private static Facility Facility(string id, int hours) => new()
    {
        Id = new(id),
        District = new("d"),
        Name = new("停", "P"),
        Capacity = 10,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
        LongestStay = Duration.FromHours(hours),
    };

    private StayRow Stay(string facility, Instant began, StayState state, long ending = 0) => new()
    {
        Stay = $"{++_stays}",
        Holder = 1,
        Facility = facility,
        BeganAt = began.ToMicroseconds(),
        Ending = ending,
        State = (long)state,
    };
}

public sealed class SqliteStayConditions() : StayConditionsContract(new SqliteUnderTest());

public sealed class PostgresStayConditions(SharedPostgres shared) : StayConditionsContract(new PostgresUnderTest(shared));
