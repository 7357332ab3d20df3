using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Stays;
using Parking.Stores.Sqlite;
using Parking.Timelines;

namespace Parking.Bench.Archive;

/// <summary>A live store with timelines of one ended stay each, and the drain of it into an archive.</summary>
internal sealed class ArchiveCity : IDisposable
{
    private static readonly Facility Harbour = new()
    {
        Id = new("harbour"),
        District = new("north"),
        Name = new("港口", "Harbour"),
        Capacity = 10_000_000,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
    };

    private readonly SqliteDatabase _database;
    private readonly Instant _first;
    private long _seq;

    public ArchiveCity(string folder, ISqlDatabase archive, TimeProvider time)
    {
        _first = Instant.FromUnixTimeMilliseconds(time.GetCurrentInstant().ToUnixTimeMilliseconds()) - Duration.FromDays(20);
        _database = new(Path.Combine(folder, "parking.db"), time);
        Store = new(_database, time);
        var city = new CityDirectory([], [Harbour], []);
        Drain = new(
            archive, new SqliteArchiveFeed(_database), Store, Store, new SqliteAccountStore(_database), city,
            new StayPricing(city, NullLogger<StayPricing>.Instance), new StayNames(CodeSeal.Create()), new ArchiveKeys(new byte[32]),
            time.ToClock(), NullLogger<ArchiveDrain>.Instance);
    }

    public SqliteLiveStore Store { get; }

    public ArchiveDrain Drain { get; }

    /// <summary>Adds an ended stay to each of some timelines.</summary>
    public async Task AddStaysAsync(int first, int count)
    {
        for (var n = first; n < first + count; n++)
        {
            await AddStayAsync(new((ulong)n));
        }
    }

    /// <summary>What a passage costs the live store: a timeline is loaded and committed.</summary>
    public async Task AddStayAsync(HolderId holder)
    {
        var stored = await Store.LoadAsync(holder);
        var timeline = TimelineCodec.Decode(stored.Content);

        // One after the other: a stay that overlapped another would make revisions of both.
        var entry = _first + (timeline.Events.Length / 2 * Duration.FromHours(1));
        timeline = timeline.Add(Scan(GateDirection.Entry, entry)).Add(Scan(GateDirection.Exit, entry + Duration.FromMinutes(30)));
        await Store.CommitAsync(holder, stored.Version, TimelineCodec.Encode(timeline));
    }

    /// <summary>Drains until nothing is left, and returns how many revisions were appended.</summary>
    public async Task<int> DrainAllAsync()
    {
        var revisions = 0;
        while (await Drain.DrainAsync(CancellationToken.None) is { DidSomething: true } round)
        {
            revisions += round.Revisions;
        }

        return revisions;
    }

    public void Dispose() => _database.Dispose();

    private ScanEvent Scan(GateDirection direction, Instant at)
    {
        var id = new GateEventId(new(direction == GateDirection.Entry ? "harbour-in-1" : "harbour-out-1"), new(1), ++_seq);
        return new()
        {
            Id = id,
            Facility = Harbour.Id,
            Direction = direction,
            DeviceTime = at,
            ClockOffset = Duration.Zero,
            Code = new(EventIdBytes.Of(id).AsSpan()[^16..]),
            Vehicle = VehicleSlot.None,
            Decision = new(direction == GateDirection.Entry ? ScanReason.Entered : ScanReason.Exited, at),
            Sent = new((ulong)id.Seq),
        };
    }
}
