using NodaTime;
using Parking.Alarms;
using Parking.BackOffice.Sql;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Alarms;

/// <summary>Reads from the archive where stays are in a condition that a person should know of: facilities, and no stay.</summary>
public sealed class StayConditions(ISqlDatabase sql, CityDirectory city)
{
    /// <summary>
    /// The causes that hold now: facilities with conflicting stays, and those with stays that are open for longer than is plausible there.
    /// Two queries, each over an index of few rows or of open stays alone.
    /// </summary>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public Task<IReadOnlyList<AlarmCause>> ReadAsync(Instant now, CancellationToken cancellationToken) => sql.ReadAsync<
        IReadOnlyList<AlarmCause>>(
        async db =>
        {
            // With DISTINCT, SQLite would rather go through all stays, in the order of another index.
            var conflicting = await db.QueryAsync<string>(
                $"SELECT facility FROM stays WHERE state = {(int)StayState.Conflicting} AND began_at >= @Since ORDER BY began_at",
                new { Since = (now - AlarmRule.ConflictTime).ToMicroseconds() });
            var oldest = await db.QueryAsync<OldestRow>(
                $"""
                SELECT facility, MIN(began_at) AS began_at FROM stays
                WHERE ending = {(int)StayEnding.Open} AND state < {(int)StayState.Superseded} GROUP BY facility
                """);
            return
            [
                .. conflicting.Distinct().Select(facility => AlarmCause.Of(AlarmKind.ConflictingStays, new FacilityId(facility))),
                .. oldest.Select(row => (Id: new FacilityId(row.Facility), BeganAt: SqlTime.FromMicroseconds(row.BeganAt)))
                    .Where(stay => now - stay.BeganAt > city.LongestStayAt(stay.Id))
                    .Select(stay => AlarmCause.Of(AlarmKind.LongStays, stay.Id)),
            ];
        },
        cancellationToken);

    private sealed record OldestRow
    {
        public string Facility { get; init; } = "";

        public long BeganAt { get; init; }
    }
}
