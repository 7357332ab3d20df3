using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Use;
using Parking.Facilities;

namespace Parking.Bench.Archive;

/// <summary>What computing a day costs at a facility that has 10,000 stays on each of 100 days, and what reading days costs.</summary>
internal static class UseLoad
{
    private const int Stays = 1_000_000;
    private const int StaysADay = 10_000;
    private const int Portion = 5_000;
    private const int Rounds = 20;

    private static readonly LocalDate FirstDay = new(2026, 1, 1);

    private static readonly Facility Stadium = new()
    {
        Id = new("stadium"),
        District = new("north"),
        Name = new("体育场", "Stadium"),
        Capacity = 8_000,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
    };

    /// <param name="postgres">The connection string of an empty PostgreSQL database; null: SQLite is measured.</param>
    public static async Task RunAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("parking-bench-");
        try
        {
            using ISqlDatabase archive = postgres is null
                ? new SqliteBackOffice(Path.Combine(folder.FullName, "backoffice.db"))
                : new PostgresBackOffice(postgres, null, NullLogger<PostgresBackOffice>.Instance);
            await MeasureAsync(postgres is null ? "SQLite" : "PostgreSQL", archive);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, ISqlDatabase archive)
    {
        for (var first = 0; first < Stays; first += Portion)
        {
            var rows = Enumerable.Range(first, Portion).Select(RowOf).ToList();
            await archive.WriteAsync(async db =>
            {
                await db.ExecuteManyAsync(
                    "INSERT INTO subjects (holder, subject, content) VALUES (@Holder, @Stay, 0) ON CONFLICT DO NOTHING", rows);
                await ArchiveTables.PutAsync(db, rows);
                return true;
            });
        }

        var clock = new StandingClock(At(FirstDay.PlusDays(Stays / StaysADay)) + Duration.FromHours(12));
        var rollup = new UseRollup(archive, new CityDirectory([], [Stadium], []), clock);
        var began = Stopwatch.GetTimestamp();
        var days = await rollup.ComputeAllAsync(isPatient: false, () => Task.CompletedTask, CancellationToken.None);
        Write($"{name}: {days} days were computed in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        await TimeAsync(name, "computing the first day", () => ComputeAsync(archive, rollup, FirstDay));
        await TimeAsync(name, "computing a day in the middle", () => ComputeAsync(archive, rollup, FirstDay.PlusDays(50)));
        await TimeAsync(name, "computing the last whole day", () => ComputeAsync(archive, rollup, FirstDay.PlusDays(99)));
        var report = new UseReport(archive);
        await TimeAsync(name, "reading 92 days", () => report.DaysAsync(
            [Stadium.Id], FirstDay, FirstDay.PlusDays(91), CancellationToken.None));
    }

    private static async Task ComputeAsync(ISqlDatabase archive, UseRollup rollup, LocalDate day)
    {
        await archive.WriteAsync(async db =>
        {
            await ChangedDays.AddAsync(db, [new(Stadium.Id.Value, LocalDatePattern.Iso.Format(day))]);
            return true;
        });
        await rollup.ComputeAllAsync(isPatient: false, () => Task.CompletedTask, CancellationToken.None);
    }

    private static async Task TimeAsync(string name, string what, Func<Task> work)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Write($"{name}: {what}: median {times.Order().ElementAt(Rounds / 2):0.0} ms, at most {times.Max():0.0} ms");
    }

    /// <summary>One stay in a hundred is longer than a day; one in a thousand is open.</summary>
    private static StayRow RowOf(int n)
    {
        var entered = At(FirstDay) + Duration.FromDays((double)n / StaysADay);
        var isOpen = n % 1000 == 7;
        var length = n % 100 == 3 ? Duration.FromHours(30 + (n % 40)) : Duration.FromMinutes(10 + (n * 7L % 400));
        return new()
        {
            Stay = $"{n:x32}",
            Holder = n + 1,
            Facility = Stadium.Id.Value,
            EntryGate = "stadium-in",
            ExitGate = isOpen ? null : "stadium-out",
            BeganAt = entered.ToMicroseconds(),
            EnteredAt = entered.ToMicroseconds(),
            EndedAt = isOpen ? null : (entered + length).ToMicroseconds(),
            Ending = isOpen ? 0 : 1,
            State = 2,
            Revision = isOpen ? 0 : 1,
            Facts = new byte[32],
        };
    }

    private static Instant At(LocalDate day) => Stadium.TimeZone.AtStartOfDay(day).ToInstant();

    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private sealed record StandingClock(Instant Now) : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }
}
