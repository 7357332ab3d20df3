using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Archive.Real;
using Parking.BackOffice.Use;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Use;

/// <summary>Facilities whose archived stays change as the drain changes them, a clock, and what computes their days.</summary>
internal sealed class UseWorld(ISqlDatabase database, Instant start, params Facility[] facilities)
{
    private readonly Dictionary<string, StayRow> _stays = [];

    public SettableClock Clock { get; } = new() { Now = start };

    public UseRollup Rollup => field ??= NewRollup();

    public IReadOnlyCollection<UsedStay> StaysOf(Facility facility) =>
    [
        .. _stays.Values.Where(stay => stay.Facility == facility.Id.Value).Select(stay => new UsedStay
        {
            BeganAt = stay.BeganAt,
            EnteredAt = stay.EnteredAt,
            EndedAt = stay.EndedAt,
            Ending = stay.Ending,
            State = stay.State,
        }),
    ];

    public static Facility Facility(string zone, string id = "harbour", int capacity = 100) => new()
    {
        Id = new(id),
        District = new("north"),
        Name = new("港口", "Harbour"),
        Capacity = capacity,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZoneProviders.Tzdb[zone],
    };

    public UseRollup NewRollup(params Facility[] other) =>
        new(database, new CityDirectory([], other.Length > 0 ? other : facilities, []), Clock);

    /// <summary>Archives a stay under a name, in the place of what that name had.</summary>
    public Task PutAsync(
        Facility facility,
        string name,
        Instant? entered,
        Instant? ended,
        StayEnding ending = StayEnding.Exited,
        StayState state = StayState.Settled)
    {
        var after = new StayRow
        {
            Stay = name,
            Holder = 1,
            Facility = facility.Id.Value,
            BeganAt = (entered ?? ended)!.Value.ToMicroseconds(),
            EnteredAt = entered?.ToMicroseconds(),
            EndedAt = ended?.ToMicroseconds(),
            Ending = ended is null ? 0 : (long)ending,
            State = (long)state,
            Facts = [1],
        };
        var before = _stays.GetValueOrDefault(name, new StayRow());
        _stays[name] = after;
        return database.WriteAsync(async db =>
        {
            await db.ExecuteAsync("INSERT INTO subjects (holder, subject, content) VALUES (1, 's', 0) ON CONFLICT DO NOTHING");
            await ArchiveTables.PutAsync(db, [after]);
            await ChangedDays.AddAsync(db, ChangedDays.Of(facility, before, after, Clock.Now));
            return true;
        });
    }

    /// <summary>Computes every day that waits, also those that are not over.</summary>
    public Task<int> ComputeAsync(UseRollup? rollup = null) =>
        (rollup ?? Rollup).ComputeAllAsync(isPatient: false, () => Task.CompletedTask, TestContext.Current.CancellationToken);

    /// <summary>Computes at most some days, and is killed then.</summary>
    public async Task ComputeSomeAsync(int most)
    {
        try
        {
            await NewRollup().ComputeAllAsync(
                isPatient: false, () => most-- > 1 ? Task.CompletedTask : throw new OperationCanceledException(), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public Task<IReadOnlyList<UseDay>> DaysAsync(Facility facility) => new UseReport(database).DaysAsync(
        [facility.Id], new(1970, 1, 1), new(9999, 12, 31), TestContext.Current.CancellationToken);

    public async Task<UseDay> DayAsync(Facility facility, LocalDate day) =>
        (await DaysAsync(facility)).Single(one => one.Day == day);
}
