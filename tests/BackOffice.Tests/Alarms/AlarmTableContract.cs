using NodaTime;
using Parking.Alarms;
using Parking.BackOffice.Alarms;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Alarms;

/// <summary>What is kept of alarms, on both databases.</summary>
public abstract class AlarmTableContract(SqlUnderTest sql) : IAsyncLifetime
{
    protected static readonly AlarmCause Fault = new(AlarmKind.ExitBarrierFault, "harbour-out");
    protected static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);
    protected static readonly Duration Minute = Duration.FromMinutes(1);

    private static readonly AlarmCause Store = new(AlarmKind.StoreUnreachable);

    private AlarmTable _table = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected SqlUnderTest Sql => sql;

    protected ISqlDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => _table = new(Database = await sql.OpenAsync());

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    [Fact]
    public async Task Alarm_WithAllThatHappenedToIt_IsThereAfterARestart()
    {
        var until = Start + Duration.FromHours(2);
        await ApplyAsync(new AlarmRaised(Fault, Start), new AlarmSeen(Fault, Start + Minute));
        await ApplyAsync(
            new AlarmAcknowledged(Fault, Start + Minute, 1, "li-na"), new AlarmShelved(Fault, Start + Minute, "works", until, "wang"));
        await ApplyAsync(new AlarmReturned(Fault, Start + 5 * Minute));

        var alarm = Assert.Single(await new AlarmTable(await sql.OpenAsync()).ChangedSinceAsync(Start, Cancel));

        Assert.Equal(
            new Alarm
            {
                Cause = Fault,
                Version = 4,
                Occurrence = 1,
                RaisedAt = Start,
                SeenAt = Start + Minute,
                ReturnedAt = Start + 5 * Minute,
                Acknowledgement = new("li-na", Start + Minute),
                Shelving = new("works", "wang", Start + Minute, until),
            },
            alarm);
        Assert.Equal(["1 1 1", "2 3 2", "3 4 4", "4 2 4"], await HistoryAsync());
    }

    /// <summary>Otherwise what is told before it is stored would be told once more afterwards, with other digits.</summary>
    [Fact]
    public async Task Times_AreStoredAsTheyAreTold()
    {
        var odd = Start + Duration.FromNanoseconds(123_456_789);
        await ApplyAsync(
            new AlarmRaised(Fault, odd),
            new AlarmAcknowledged(Fault, odd, 1, "li-na"),
            new AlarmShelved(Fault, odd, "works", odd + Minute, "wang"));

        var told = (await _table.ApplyAsync([new AlarmUnshelved(Fault, odd + Minute)], odd, Cancel)).Alarms;

        Assert.Equal(told, await _table.ChangedSinceAsync(Start, Cancel));
        Assert.Equal(Start + Duration.FromMilliseconds(123), told[0].RaisedAt);
    }

    /// <summary>Both saw the outage begin and end, and neither could reach the database meanwhile.</summary>
    [Fact]
    public async Task TwoInstances_NeverDoubleAnAlarm()
    {
        var other = new AlarmTable(await sql.OpenAsync());
        AlarmStep[] one = [new AlarmRaised(Store, Start), new AlarmReturned(Store, Start + 5 * Minute)];
        var late = Duration.FromMilliseconds(700);
        AlarmStep[] another = [new AlarmRaised(Store, Start + late), new AlarmReturned(Store, Start + 5 * Minute + late)];

        await Task.WhenAll(DoAsync(_table, one), DoAsync(other, another));

        Assert.Equal(1, Assert.Single(await _table.ChangedSinceAsync(Start, Cancel)).Occurrence);
        Assert.Single(await _table.RaisedSinceAsync(Start, Cancel));
        Assert.Equal(["1 1 1", "2 2 3"], await HistoryAsync());
    }

    /// <summary>It has not heard that somebody acknowledged, and that another instance still sees the condition.</summary>
    [Fact]
    public async Task InstanceThatIsBehind_UndoesNothing()
    {
        await ApplyAsync(new AlarmRaised(Fault, Start));
        await ApplyAsync(new AlarmAcknowledged(Fault, Start + Minute, 1, "li-na"), new AlarmSeen(Fault, Start + 2 * Minute));

        await ApplyAsync(new AlarmRaised(Fault, Start + Minute), new AlarmReturned(Fault, Start + 2 * Minute));

        var alarm = Assert.Single(await _table.ChangedSinceAsync(Start, Cancel));
        Assert.Equal((true, "li-na", 1L, 2L), (alarm.IsActive, alarm.Acknowledgement?.By, alarm.Occurrence, alarm.Version));
    }

    /// <summary>Otherwise an instance that does not see the condition itself would take it for over, again and again.</summary>
    [Fact]
    public async Task WhatIsStillSeen_IsNews()
    {
        await ApplyAsync(new AlarmRaised(Fault, Start));
        await ApplyAsync(new AlarmSeen(Fault, Start + Minute));

        Assert.Equal(Start + Minute, Assert.Single(await _table.ChangedSinceAsync(Start + Minute, Cancel)).SeenAt);
    }

    [Fact]
    public async Task ManyAtOnce_OnOneAlarm_EachHappenOnce()
    {
        var other = new AlarmTable(await sql.OpenAsync());
        await ApplyAsync(new AlarmRaised(Fault, Start));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            DoAsync(n % 2 == 0 ? _table : other, [new AlarmAcknowledged(Fault, Start + Minute, 1, $"s-{n}")])));

        Assert.Equal(["1 1 1", "2 3 2"], await HistoryAsync());
    }

    [Fact]
    public async Task WhatIsRaisedWhileShelved_IsNotPartOfTheRate()
    {
        await ApplyAsync(new AlarmRaised(Fault, Start), new AlarmRaised(Store, Start));
        await ApplyAsync(new AlarmShelved(Fault, Start, "works", Start + Duration.FromHours(2), "wang"));
        await ApplyAsync(new AlarmReturned(Fault, Start + Minute), new AlarmRaised(Fault, Start + 2 * Minute));

        Assert.Equal([Fault, Store], (await _table.RaisedSinceAsync(Start, Cancel)).Select(raised => raised.Cause).Order(ByName));
        Assert.Empty(await _table.RaisedSinceAsync(Start + Minute, Cancel));
    }

    [Fact]
    public async Task History_HasNothingThatPeopleWrote()
    {
        await ApplyAsync(new AlarmRaised(Fault, Start), new AlarmShelved(Fault, Start, "works", Start + Minute, "wang"));

        await Assert.ThrowsAnyAsync<Exception>(() => Database.WriteAsync(db => db.ExecuteAsync("DELETE FROM alarm_history"), Cancel));
        Assert.Equal(2, (await HistoryAsync()).Count);
    }

    private static readonly IComparer<AlarmCause> ByName =
        Comparer<AlarmCause>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    protected Task ApplyAsync(params AlarmStep[] steps) => DoAsync(_table, steps);

    private static async Task DoAsync(AlarmTable table, IReadOnlyList<AlarmStep> steps)
    {
        while (steps.Count > 0)
        {
            var applied = await table.ApplyAsync(steps, steps[^1].At, Cancel);
            steps = [.. steps.Except(applied.Done)];
        }
    }

    private Task<IReadOnlyList<string>> HistoryAsync() => Database.ReadAsync(
        db => db.QueryAsync<string>("SELECT version || ' ' || change || ' ' || state FROM alarm_history ORDER BY cause, version"), Cancel);
}

public sealed class SqliteAlarmTable() : AlarmTableContract(new SqliteUnderTest());

public sealed class PostgresAlarmTable(SharedPostgres shared) : AlarmTableContract(new PostgresUnderTest(shared))
{
    /// <summary>Another instance changes the alarm between the look at it and the change. SQLite has one writer.</summary>
    [Fact]
    public async Task Step_ThatIsOvertaken_IsNotDone()
    {
        var (other, third) = (new AlarmTable(await Sql.OpenAsync()), await Sql.OpenAsync());
        await ApplyAsync(new AlarmRaised(Fault, Start));
        Task<AlarmsApplied>? overtaken = null;

        await Database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("UPDATE alarms SET version = version + 1");
                overtaken ??= other.ApplyAsync([new AlarmAcknowledged(Fault, Start + Minute, 1, "li-na")], Start + Minute, Cancel);
                await PostgresWaits.ForSomebodyAsync(third, Cancel);
                return true;
            },
            Cancel);

        Assert.Empty((await overtaken!).Done);
        Assert.Null(Assert.Single(await other.ChangedSinceAsync(Start, Cancel)).Acknowledgement);
    }
}
