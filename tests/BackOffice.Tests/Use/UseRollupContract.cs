using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.BackOffice.Use;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Use;

/// <summary>The days of facilities, as they are kept and corrected, on both databases.</summary>
public abstract class UseRollupContract(SqlUnderTest sql) : IAsyncLifetime
{
    private static readonly Facility Shanghai = UseWorld.Facility("Asia/Shanghai");
    private static readonly LocalDate Monday = new(2026, 5, 4);

    /// <summary>How a stay can end whose entry was seen.</summary>
    private static readonly StayEnding[] Seen = [StayEnding.Exited, StayEnding.MissedExit, StayEnding.Inventory];

    private ISqlDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await sql.OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return sql.DisposeAsync();
    }

    [Fact]
    public async Task Day_HasEntriesExitsOccupiedHoursAndDwell_OfItsOwnZone()
    {
        var world = World(At(8, 0));
        await world.PutAsync(Shanghai, "a", At(-1, 0), At(1, 30));
        await world.PutAsync(Shanghai, "b", At(1, 15), At(2, 0), state: StayState.Conflicting);
        await world.PutAsync(Shanghai, "c", null, At(3, 0), StayEnding.MissedEntry, StayState.Uncollectable);
        await world.PutAsync(Shanghai, "d", At(5, 0), null, state: StayState.Provisional);
        await world.PutAsync(Shanghai, "e", At(4, 0), At(4, 30), StayEnding.MissedExit, StayState.Uncollectable);
        await world.ComputeAsync();

        var day = await world.DayAsync(Shanghai, Monday);

        Assert.Equal((At(0, 0), At(24, 0), "Asia/Shanghai", false), (day.Start, day.End, day.TimeZone.Id, day.IsWhole));
        Assert.Equal((3, 3, 1, 1, 2, 100), (
            day.Entries, day.Exits, day.Provisional, day.Conflicting, day.Uncollectable, day.Capacity));
        Assert.Equal([60, 75, 0, 0, 30, 60, 60], day.Hours.Select(hour => (int)hour.Occupied.TotalMinutes));
        Assert.Equal(2, day.Dwell.Counts.Sum());
        Assert.Equal((45, 50), (day.Dwell.Percentile(50)!.AtLeast + 5, day.Dwell.Percentile(50)!.Below));
        Assert.Equal((150, 180), (day.Dwell.Percentile(90)!.AtLeast, day.Dwell.Percentile(90)!.Below));
    }

    [Fact]
    public async Task Correction_ChangesTheDaysThatItIsAbout_AndNoOther()
    {
        var world = World(At(8, 0));
        await world.PutAsync(Shanghai, "a", At(-60, 0), At(-46, 0));
        await world.ComputeAsync();
        var before = await world.DaysAsync(Shanghai);
        world.Clock.Now += Duration.FromMinutes(1);

        await world.PutAsync(Shanghai, "a", At(-60, 0), At(-20, 0));
        Assert.Equal(2, await world.ComputeAsync());

        var after = await world.DaysAsync(Shanghai);
        Assert.Equal([Monday.PlusDays(-3), Monday.PlusDays(-2), Monday.PlusDays(-1), Monday], after.Select(day => day.Day));
        Assert.Equal([0, 1, 0, 0], before.Select(day => day.Exits));
        Assert.Equal([0, 0, 1, 0], after.Select(day => day.Exits));
        Assert.Equal([true, false, false, true], before.Zip(after, (one, other) => one.ComputedAt == other.ComputedAt));
        Assert.Equal([12, 24, 4, 0], after.Select(day => (int)day.Hours.Sum(hour => hour.Occupied.TotalHours)));
    }

    [Fact]
    public async Task DayOnWhichNothingHappened_IsKnown_AndNoDayIsLeftOut_HoweverLongNobodyComputed()
    {
        var world = World(At(8, 0));
        await world.ComputeAsync();
        world.Clock.Now = At((24 * 5) + 1, 0);
        await world.ComputeAsync();

        var days = await world.DaysAsync(Shanghai);

        Assert.Equal(Enumerable.Range(0, 6).Select(Monday.PlusDays), days.Select(day => day.Day));
        Assert.Equal([16, 24, 24, 24, 24, 0], days.Select(day => day.Hours.Count));
        Assert.Equal([true, true, true, true, true, false], days.Select(day => day.IsWhole));
    }

    /// <summary>Nobody knows what was before anything was archived: that is not nothing.</summary>
    [Fact]
    public async Task HoursBeforeTheFirstStay_AreUnknown_AlsoWhenAnEarlierOneIsReportedLate()
    {
        var world = World(At(8, 30));
        await world.PutAsync(Shanghai, "a", At(5, 20), null);
        await world.ComputeAsync();
        Assert.Equal([At(6, 0), At(7, 0)], (await world.DayAsync(Shanghai, Monday)).Hours.Select(hour => hour.Start));

        await world.PutAsync(Shanghai, "b", At(2, 0), At(6, 30));
        await world.ComputeAsync();

        var day = await world.DayAsync(Shanghai, Monday);
        Assert.Equal([90, 60], day.Hours.Select(hour => (int)hour.Occupied.TotalMinutes));
        Assert.Equal((2, 1), (day.Entries, day.Exits));
    }

    [Fact]
    public async Task RunningDay_IsComputedWhenAnHourIsOver_AndForChangesAtMostEveryFewMinutes()
    {
        var world = World(At(8, 0));
        Assert.Equal(1, await PatientAsync());
        await world.PutAsync(Shanghai, "a", At(7, 0), null);
        Assert.Equal(0, await PatientAsync());
        world.Clock.Now += UseRollup.LeastDistance;
        Assert.Equal(1, await PatientAsync());
        world.Clock.Now = At(9, 0);
        Assert.Equal(0, await PatientAsync());
        world.Clock.Now += UseRollup.Margin;
        Assert.Equal(1, await PatientAsync());
        Assert.Equal([At(8, 0)], (await world.DayAsync(Shanghai, Monday)).Hours.Select(hour => hour.Start));

        Task<int> PatientAsync() => world.Rollup.ComputeAllAsync(isPatient: true, () => Task.CompletedTask, Cancel);
    }

    [Fact]
    public async Task Capacity_OfADayThatIsOver_Stays_AndThatOfTodayFollowsTheCityFile()
    {
        var world = World(At(8, 0));
        await world.ComputeAsync();
        world.Clock.Now = At(32, 0);
        await world.ComputeAsync();
        var larger = world.NewRollup(Shanghai with { Capacity = 200 });
        await world.PutAsync(Shanghai, "a", At(1, 0), At(30, 0));
        await world.ComputeAsync(larger);

        var days = await world.DaysAsync(Shanghai);

        Assert.Equal([100, 200], days.Select(day => day.Capacity));
        Assert.Equal([1, 0], days.Select(day => day.Entries));
    }

    [Fact]
    public async Task StayOfWhoeverWasErased_IsCountedStill_WhenItsDayIsComputedAgain()
    {
        var world = World(At(32, 0));
        await world.PutAsync(Shanghai, "a", At(1, 0), At(2, 0));
        await world.ComputeAsync();
        await _database.WriteAsync(
            async db =>
            {
                await ArchiveTables.WriteAsync(db, [new() { Holder = 1, Forgets = true }], 0);
                await ChangedDays.AddAsync(db, [new("harbour", "2026-05-04")]);
                return true;
            },
            Cancel);
        Assert.Equal(1, await world.ComputeAsync());

        var day = await world.DayAsync(Shanghai, Monday);

        Assert.Equal((1, 1, 60), (day.Entries, day.Exits, (int)day.Hours[0].Occupied.TotalMinutes));
    }

    /// <summary>An older copy of the live store came back, and its stays are archived and forgotten anew.</summary>
    [Fact]
    public async Task StayOfWhoeverWasErased_ThatComesBack_IsCountedOnce()
    {
        var world = World(At(32, 0));
        for (var time = 0; time < 2; time++)
        {
            await world.PutAsync(Shanghai, "a", At(1, 0), At(2, 0));
            await AssertCountedOnceAsync();
            await _database.WriteAsync(
                async db =>
                {
                    await ArchiveTables.WriteAsync(db, [new() { Holder = 1, Forgets = true }], 0);
                    return true;
                },
                Cancel);
            await AssertCountedOnceAsync();
        }

        async Task AssertCountedOnceAsync()
        {
            await AskForAsync(Shanghai, Monday);
            await world.ComputeAsync();
            var day = await world.DayAsync(Shanghai, Monday);
            Assert.Equal((1, 1, 60), (day.Entries, day.Exits, (int)day.Hours[0].Occupied.TotalMinutes));
        }
    }

    /// <summary>An older copy of the live store had it with another end, and then it was forgotten again.</summary>
    [Fact]
    public async Task StayOfWhoeverWasErased_ThatComesBackWithAnotherEnd_IsCountedAsItWasLast()
    {
        var world = World(At(32, 0));
        foreach (var end in new[] { 2, 4, 3 })
        {
            await world.PutAsync(Shanghai, "a", At(1, 0), At(end, 0));
            await world.ComputeAsync();
            await _database.WriteAsync(
                async db =>
                {
                    await ArchiveTables.WriteAsync(db, [new() { Holder = 1, Forgets = true }], 0);
                    return true;
                },
                Cancel);
            await AskForAsync(Shanghai, Monday);
            await world.ComputeAsync();

            var day = await world.DayAsync(Shanghai, Monday);
            Assert.Equal((end - 1) * 60, day.Hours.Sum(hour => hour.Occupied.TotalMinutes));
        }
    }

    [Fact]
    public async Task DaysThatAreNotOver_ComeBeforeAllOthers_ThatWaitForLonger()
    {
        var (one, other) = (UseWorld.Facility("Asia/Shanghai", "one"), UseWorld.Facility("Asia/Shanghai", "other"));
        var world = new UseWorld(_database, At(8, 0), one, other);
        await world.PutAsync(one, "a", At(-24 * 100, 0), null);
        await world.PutAsync(other, "b", At(7, 0), null);

        await world.ComputeSomeAsync(2);

        Assert.Equal([Monday], (await world.DaysAsync(one)).Select(day => day.Day));
        Assert.Equal([Monday], (await world.DaysAsync(other)).Select(day => day.Day));
        await world.ComputeAsync();
        Assert.Equal(
            Enumerable.Range(0, 101).Select(n => Monday.PlusDays(n - 100)), (await world.DaysAsync(one)).Select(day => day.Day));
    }

    /// <summary>More of them than are listed at once.</summary>
    [Fact]
    public async Task DayThatCannotBeComputed_KeepsNoOtherFromIt_AndIsTriedAgain()
    {
        var (bad, good) = (UseWorld.Facility("Asia/Shanghai", "bad"), UseWorld.Facility("Asia/Shanghai", "good"));
        var world = new UseWorld(_database, At(24 * 100, 0), bad, good);
        await world.PutAsync(bad, "a", At(0, 0), null);
        await world.ComputeAsync();
        await NameZonesAsync("nowhere");
        foreach (var facility in new[] { bad, good })
        {
            foreach (var day in Enumerable.Range(0, 90).Select(Monday.PlusDays))
            {
                await AskForAsync(facility, day);
            }
        }

        await Assert.ThrowsAnyAsync<Exception>(() => world.ComputeAsync());

        Assert.Equal(90 + 11, (await world.DaysAsync(good)).Count);
        await NameZonesAsync("Asia/Shanghai");
        Assert.Equal(90, await world.ComputeAsync());

        Task NameZonesAsync(string zone) => _database.WriteAsync(
            db => db.ExecuteAsync("UPDATE use_days SET time_zone = @zone WHERE facility = 'bad' AND day < '2026-08-02'", new { zone }),
            Cancel);
    }

    [Fact]
    public async Task DayThatAnotherInstanceComputed_SinceItWasListed_IsLeftAsItIs()
    {
        var (one, other) = (UseWorld.Facility("Asia/Shanghai", "one"), UseWorld.Facility("Asia/Shanghai", "other"));
        var world = new UseWorld(_database, At(8, 0), one, other);
        await world.ComputeAsync();
        world.Clock.Now = At(10, 0);
        var (mine, theirs) = (0, 0);

        mine = await world.Rollup.ComputeAllAsync(
            isPatient: false,
            async () =>
            {
                world.Clock.Now += Duration.FromSeconds(1);
                theirs += await world.ComputeAsync(world.NewRollup());
            },
            Cancel);

        Assert.Equal((1, 1), (mine, theirs));
    }

    [Fact]
    public async Task Facility_WithOldStays_BeginsWithTheFirst_AndNoFurtherBackThanChangesAreFollowed()
    {
        var (old, older) = (UseWorld.Facility("Asia/Shanghai", "old"), UseWorld.Facility("Asia/Shanghai", "older"));
        var world = new UseWorld(_database, At(8, 0), old, older);
        await world.PutAsync(old, "a", At(-24 * 9, 0), At((-24 * 9) + 1, 0));
        await world.PutAsync(older, "b", At(-24 * 9_000, 0), At((-24 * 9_000) + 1, 0));
        await world.ComputeAsync();

        Assert.Equal(10, (await world.DaysAsync(old)).Count);
        Assert.Equal(ChangedDays.History + 1, (await world.DaysAsync(older)).Count);
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 10, 23)]
    [InlineData("Europe/Berlin", 2026, 3, 27)]
    [InlineData("Australia/Lord_Howe", 2026, 4, 3)]
    [InlineData("Asia/Beirut", 2026, 3, 27)]
    public async Task Days_WhateverChangesAndWhoeverIsKilled_AreWhatSomebodyCountsMinuteByMinute(string zone, int year, int month, int day)
    {
        var facility = UseWorld.Facility(zone);
        var start = new LocalDate(year, month, day).AtStartOfDayInZone(facility.TimeZone).ToInstant() + Duration.FromHours(7);
        var seed = RunSeed.RandomFor($"{GetType().Name} {zone} {month}").Next();
        var random = new Random(seed);
        var world = new UseWorld(_database, start, facility);
        for (var move = 0; move < 60; move++)
        {
            await MoveAsync(world, facility, start, random);
        }

        world.Clock.Now = Instant.Max(world.Clock.Now, start + Duration.FromDays(4));
        await world.ComputeAsync();

        var days = await world.DaysAsync(facility);
        var stays = world.StaysOf(facility);
        var wrong = days.SelectMany(one => UseOracle.Check(one, stays, one.IsWhole ? world.Clock.Now : one.ComputedAt)).ToList();
        Assert.True(wrong.Count == 0, $"seed {seed}:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        Assert.Equal(Enumerable.Range(0, days.Count).Select(days[0].Day.PlusDays), days.Select(one => one.Day));
        Assert.Equal(world.Clock.Now.InZone(facility.TimeZone).Date, days[^1].Day);
        Assert.Contains(days, one => one.End - one.Start != Duration.FromHours(24));
        Assert.Equal(0, await world.ComputeAsync());
        var sum = new UseSum(days);
        var added = (await new UseReport(_database).SumsAsync([facility.Id], days[0].Day, days[^1].Day, Cancel))[facility.Id];
        Assert.Equal((sum.Days, sum.Exits, sum.Turnover), (added.Days, added.Exits, added.Turnover));
        Assert.Equal(sum.OccupancyPercent!.Value, added.OccupancyPercent!.Value, 1e-6);
        Assert.Equal(days.Sum(one => one.Hours.Sum(hour => hour.Length.TotalHours)), days.Sum(one => one.Known.TotalHours), 1e-6);
    }

    private static async Task MoveAsync(UseWorld world, Facility facility, Instant start, Random random)
    {
        switch (random.Next(10))
        {
            case 0 or 1:
                world.Clock.Now += Duration.FromMinutes(random.Next(1, 600));
                break;
            case 2:
                await world.ComputeSomeAsync(random.Next(1, 4));
                break;
            case 3:
                await Task.WhenAll(world.ComputeAsync(), world.ComputeAsync(world.NewRollup()), PutAsync());
                break;
            default:
                await PutAsync();
                break;
        }

        Task PutAsync()
        {
            var entered = start + Duration.FromMinutes(random.Next(-1_000, (int)(world.Clock.Now - start).TotalMinutes + 1));
            var ended = entered + Duration.FromMinutes(random.Next(random.Next(2) == 0 ? 100 : 6_000));
            var isOpen = ended > world.Clock.Now;
            var wasSeen = random.Next(6) > 0 || isOpen;
            return world.PutAsync(
                facility,
                $"{random.Next(12)}",
                wasSeen ? entered : null,
                isOpen ? null : ended,
                wasSeen ? Seen[random.Next(Seen.Length)] : StayEnding.MissedEntry,
                (StayState)random.Next(1, 7));
        }
    }

    private Task<bool> AskForAsync(Facility facility, LocalDate day) => _database.WriteAsync(
        async db =>
        {
            await ChangedDays.AddAsync(db, [new(facility.Id.Value, NodaTime.Text.LocalDatePattern.Iso.Format(day))]);
            return true;
        },
        Cancel);

    private UseWorld World(Instant now) => new(_database, now, Shanghai);

    /// <summary>A time of Monday in Shanghai; hours may lie on other days.</summary>
    private static Instant At(int hour, int minute) =>
        Monday.AtStartOfDayInZone(Shanghai.TimeZone).ToInstant() + Duration.FromHours(hour) + Duration.FromMinutes(minute);
}

public sealed class SqliteUseRollup() : UseRollupContract(new SqliteUnderTest());

public sealed class PostgresUseRollup(SharedPostgres shared) : UseRollupContract(new PostgresUnderTest(shared));
