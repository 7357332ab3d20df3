using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parking.Accounts;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;

namespace Parking.Bench.Archive;

/// <summary>How fast stays are archived and found, and what a full drain costs the live store beside it.</summary>
internal static class ArchiveLoad
{
    private const int Drained = 10_000;
    private const int Archived = 1_000_000;
    private const int Searches = 200;
    private const int Rounds = 7;
    private const int FacilityCount = 200;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(4);
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <param name="postgres">The connection string of an empty PostgreSQL database; null: SQLite is measured.</param>
    /// <param name="time">The machine's time.</param>
    public static async Task RunAsync(string? postgres, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("parking-bench-");
        try
        {
            using ISqlDatabase archive = postgres is null
                ? new SqliteBackOffice(Path.Combine(folder.FullName, "backoffice.db"))
                : new PostgresBackOffice(postgres, null, NullLogger<PostgresBackOffice>.Instance);
            await MeasureAsync(postgres is null ? "SQLite" : "PostgreSQL", archive, folder, time);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, ISqlDatabase archive, DirectoryInfo folder, TimeProvider time)
    {
        using var city = new ArchiveCity(folder.FullName, archive, time);
        await city.DrainAllAsync();
        await city.AddStaysAsync(0, Drained);
        var (began, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        var revisions = await city.DrainAllAsync();
        var (taken, bytes) = (Stopwatch.GetElapsedTime(began), GC.GetTotalAllocatedBytes() - allocated);
        Write($"{name}: drained {revisions} revisions, {revisions / taken.TotalSeconds:0} a second, {bytes / 1024 / revisions} KiB each");

        await MeasureBesideAsync(name, city, time);
        await SearchAsync(name, archive);
    }

    /// <summary>Alternates windows without and with a drain, which always has something to do in those with.</summary>
    private static async Task MeasureBesideAsync(string name, ArchiveCity city, TimeProvider time)
    {
        var (alone, paced, unpaced) = (new List<double>(), new List<double>(), new List<double>());
        var (drained, pace) = (0, new DrainPace(time));
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(P99(await PassAsync(city)));
            paced.Add(await BesideAsync(city, async result =>
            {
                drained += result.Revisions;
                await pace.WaitAsync(result, CancellationToken.None);
            }));
            unpaced.Add(await BesideAsync(city, _ => Task.CompletedTask));
        }

        Write($"{name}: a passage, p99 of a window, median (lowest to highest) of {Rounds} windows in ms:");
        Write($"{name}:   alone {Spread(alone)}");
        Write($"{name}:   beside the drain {Spread(paced)}, {drained / (Rounds * Window.TotalSeconds):0} revisions a second");
        Write($"{name}:   beside a drain without its pace {Spread(unpaced)}");
    }

    private static async Task<double> BesideAsync(ArchiveCity city, Func<DrainResult, Task> afterRound)
    {
        await city.AddStaysAsync(0, Drained);
        using var ended = new CancellationTokenSource();
        var drain = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested && await city.Drain.DrainAsync(CancellationToken.None) is { DidSomething: true } round)
            {
                await afterRound(round);
            }
        });
        var times = await PassAsync(city);
        await ended.CancelAsync();
        await drain;
        await city.DrainAllAsync();
        return P99(times);
    }

    private static string Spread(List<double> values) =>
        FormattableString.Invariant($"{values.Order().ElementAt(values.Count / 2):0.00} ({values.Min():0.00} to {values.Max():0.00})");

    /// <summary>Passages of other holders, at a fixed pace.</summary>
    private static async Task<List<double>> PassAsync(ArchiveCity city)
    {
        var times = new List<double>();
        using var timer = new PeriodicTimer(Pace);
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; Stopwatch.GetElapsedTime(began) < Window; n++)
        {
            await timer.WaitForNextTickAsync();
            var one = Stopwatch.GetTimestamp();
            await city.AddStayAsync(new HolderId((ulong)(Drained + (n % Drained))));
            times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
        }

        return times;
    }

    private static async Task SearchAsync(string name, ISqlDatabase archive)
    {
        var keys = new ArchiveKeys(new byte[32]);
        var names = new StayNames(new CodeSeal(new byte[CodeSeal.KeySize]));
        var began = Stopwatch.GetTimestamp();
        for (var first = 0; first < Archived; first += 5_000)
        {
            await FillAsync(archive, keys, names, first, 5_000);
        }

        Write($"{name}: {Archived} stays were put into the archive in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        var search = new StaySearch(archive, names, keys);
        var whole = new ArchiveRange(NodaConstants.UnixEpoch, Instant.FromUtc(9999, 1, 1, 0, 0), 50);
        var random = new Random(1);
        await TimeAsync(name, "by plate", () => search.ByPlateAsync(PlateOf(random.Next(Archived)), whole, CancellationToken.None));
        await TimeAsync(name, "by gate and hour", () =>
        {
            var from = Start + Duration.FromMinutes(random.Next(300 * 24 * 60));
            return search.ByGateAsync(
                GateOf(random.Next(FacilityCount)), whole with { From = from, To = from + Duration.FromHours(1) }, CancellationToken.None);
        });
        await TimeAsync(name, "open of a facility", () => search.OpenAsync(
            new($"facility-{random.Next(FacilityCount)}"), whole, CancellationToken.None));
    }

    private static async Task TimeAsync(string name, string what, Func<Task<ArchivePage>> search)
    {
        var times = new List<double>();
        var found = 0;
        for (var n = 0; n < Searches; n++)
        {
            var began = Stopwatch.GetTimestamp();
            found += (await search()).Stays.Count;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Write($"{name}: search {what}: median {times[times.Count / 2]:0.0} ms, p99 {P99(times):0.0} ms, {found / Searches} stays each");
    }

    private static Task FillAsync(ISqlDatabase archive, ArchiveKeys keys, StayNames names, int first, int count) => archive.WriteAsync(
        async db =>
        {
            var rows = Enumerable.Range(first, count).Select(n => RowOf(n, keys, names)).ToList();
            await db.ExecuteManyAsync(
                "INSERT INTO subjects (holder, subject, content) VALUES (@Holder, @Stay, 0) ON CONFLICT DO NOTHING", rows);
            await ArchiveTables.PutAsync(db, rows);
            return true;
        });

    private static StayRow RowOf(int n, ArchiveKeys keys, StayNames names)
    {
        var (holder, facility) = (new HolderId((ulong)n + 1_000_000), n % FacilityCount);
        var id = new GateEventId(GateOf(facility).Id, new(1), n);
        var entered = Start + Duration.FromSeconds(n * 26L);
        var isOpen = n % 101 == 0;
        return new()
        {
            Stay = keys.StayOf(names.NameOf(holder, new(1), id)),
            Holder = (long)holder.Value,
            Vehicle = 1,
            Event = EventIdBytes.Of(id),
            Plate = keys.PlateOf(PlateOf(n)),
            Facility = $"facility-{facility}",
            EntryGate = id.Gate.Value,
            ExitGate = isOpen ? null : $"facility-{facility}-out",
            BeganAt = entered.ToMicroseconds(),
            EnteredAt = entered.ToMicroseconds(),
            EndedAt = isOpen ? null : (entered + Duration.FromHours(2)).ToMicroseconds(),
            Ending = isOpen ? 0 : 1,
            State = 2,
            Revision = isOpen ? 0 : 1,
            Facts = new byte[32],
        };
    }

    private static Gate GateOf(int facility) => new(new($"facility-{facility}-in"), GateDirection.Entry, null!);

    /// <summary>Ten stays have the same plate.</summary>
    private static Plate PlateOf(int n) => Plate.Parse($"沪A{n % (Archived / 10):D6}");

    private static double P99(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.99));

    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
