using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Alarms;
using Parking.Api.Alarms;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Alarms;
using Parking.BackOffice.Sql;
using Parking.Facilities;

namespace Parking.Api.Tests.Alarms;

/// <summary>Alarms while their database comes and goes.</summary>
public sealed class AlarmKeeperTests : IDisposable
{
    private static readonly AlarmCause Fault = new(AlarmKind.ExitBarrierFault, "f1-0");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(ParkingApplication.Start);
    private readonly List<InterruptedDatabase> _databases = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatHappenedWithoutTheDatabase_IsStoredWhenItIsBack()
    {
        var (keeper, book, database) = Start();
        await keeper.KeepAsync(Cancellation);
        database.IsAway = true;
        book.Take(new AlarmRaised(Fault, Now));
        Pass(60);
        book.Take(new AlarmReturned(Fault, Now));
        await keeper.KeepAsync(Cancellation);
        Assert.Equal((false, null), (keeper.IsWithinReach, keeper.Stays));
        await Assert.ThrowsAsync<BackOfficeUnavailableException>(() => AcknowledgeAsync(keeper));

        database.IsAway = false;
        await keeper.KeepAsync(Cancellation);

        Assert.True(keeper.IsWithinReach);
        Assert.Empty(book.Waiting());
        var (_, restarted, _) = await RestartAsync();
        Assert.Equal(AlarmState.ReturnedUnacknowledged, restarted.Find(Fault).StateAt(Now));
        await AcknowledgeAsync(keeper);
        Assert.Equal(AlarmState.Normal, book.Find(Fault).StateAt(Now));
    }

    [Fact]
    public async Task AlarmThatStands_IsNotRaisedAnewByARestart_NorByAnotherInstance()
    {
        var (keeper, book, _) = Start();
        book.Take(new AlarmRaised(Fault, Now));
        await keeper.KeepAsync(Cancellation);
        await AcknowledgeAsync(keeper);
        Pass(1);

        var (other, restarted, _) = await RestartAsync();

        Assert.False(restarted.Take(new AlarmRaised(Fault, Now)));
        Assert.Equal(AlarmState.Acknowledged, restarted.Find(Fault).StateAt(Now));
        await other.ApplyAsync([new AlarmShelved(Fault, Now, "road works", Now + Duration.FromHours(1), "li-na")], Cancellation);
        await keeper.KeepAsync(Cancellation);
        Assert.Equal(AlarmState.Shelved, book.Find(Fault).StateAt(Now));
    }

    /// <summary>A copy of before the alarm was put in the database's place.</summary>
    [Fact]
    public async Task DatabaseOfYesterday_IsTakenAsItIs()
    {
        var (keeper, book, database) = Start();
        await keeper.KeepAsync(Cancellation);
        book.Take(new AlarmRaised(Fault, Now));
        await keeper.KeepAsync(Cancellation);
        database.IsAway = true;
        await keeper.KeepAsync(Cancellation);
        database.IsAway = false;
        await database.WriteAsync(db => db.ExecuteAsync("DELETE FROM alarms"), Cancellation);

        await keeper.KeepAsync(Cancellation);

        Assert.Empty(book.Told(Now));
        Assert.True(book.Take(new AlarmRaised(Fault, Now)));
    }

    private (AlarmKeeper Keeper, AlarmBook Book, InterruptedDatabase Database) Start()
    {
        var database = new InterruptedDatabase(new SqliteBackOffice(_folder.PathOf("backoffice.db")));
        _databases.Add(database);
        var book = new AlarmBook();
        return (new(new(database), new StayConditions(database, new CityDirectory([], [], [])), book, _time.ToClock()), book, database);
    }

    private async Task<(AlarmKeeper Keeper, AlarmBook Book, InterruptedDatabase Database)> RestartAsync()
    {
        var started = Start();
        await started.Keeper.KeepAsync(Cancellation);
        return started;
    }

    private Task AcknowledgeAsync(AlarmKeeper keeper) =>
        keeper.ApplyAsync([new AlarmAcknowledged(Fault, Now, 1, "li-na")], Cancellation);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
