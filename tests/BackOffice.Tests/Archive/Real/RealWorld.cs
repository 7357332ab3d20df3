using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Archive.Model;
using Parking.BackOffice.Tests.Infrastructure;
using Parking.BackOffice.Tests.Use;
using Parking.BackOffice.Use;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Archive.Real;

/// <summary>The same moves as in the model, with the real drain, a real database, real timelines and their fold.</summary>
internal sealed class RealWorld : IAsyncDisposable
{
    private const int Holders = 4;
    private const int StaysPerMonth = 3;
    private const int Kinds = 4;
    private const int Drains = 2;
    private const string Copy = "copy";

    private readonly SqlUnderTest _sql;
    private readonly MemoryStore _store = new();
    private readonly DrainParts _parts;
    private readonly SteppedDrain[] _drains;

    /// <summary>What gates of this month have reported and still keep.</summary>
    private readonly Dictionary<(int Holder, int Stay, int Kind), GateEvent> _reported = [];
    private ISqlDatabase _database;
    private MemoryStore.Contents? _storeCopy;
    private bool _hasCopy;
    private int _month;

    private RealWorld(SqlUnderTest sql, ISqlDatabase database)
    {
        (_sql, _database) = (sql, database);
        _parts = new(_store, () => _database);
        _drains = [.. Enumerable.Range(0, Drains).Select(_ => new SteppedDrain(_parts))];
    }

    public static async Task<RealWorld> CreateAsync(SqlUnderTest sql) => new(sql, await sql.OpenAsync());

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    public async Task MoveAsync(DrainMove move)
    {
        switch (move.Kind)
        {
            case DrainMoveKind.Event:
                await ReportAsync(move.Number % Holders, move.Detail % StaysPerMonth, move.Detail / StaysPerMonth % Kinds);
                break;
            case DrainMoveKind.Step:
                await _drains[move.Number % Drains].StepAsync();
                break;
            case DrainMoveKind.Kill:
                await _drains[move.Number % Drains].KillAsync();
                break;
            case DrainMoveKind.Probe:
                await _store.ProbeAsync(CancellationToken.None);
                break;
            case DrainMoveKind.Resend:
                await ResendAsync(move.Detail);
                break;
            case DrainMoveKind.Age:
                (_month, _parts.Clock.Now) = (_month + 1, _parts.Clock.Now + Duration.FromDays(40));
                _reported.Clear();
                break;
            case DrainMoveKind.Trim:
                await CommitAsync(HolderOf(move.Number % Holders), timeline => timeline.Trim(_parts.Clock.Now));
                break;
            case DrainMoveKind.Erase:
                await CommitAsync(HolderOf(move.Number % Holders), timeline => timeline.Erase(_parts.Clock.Now));
                break;
            case DrainMoveKind.CopyArchive:
                await _sql.CopyAsync(Copy);
                (_database, _hasCopy) = (await _sql.OpenAsync(), true);
                break;
            case DrainMoveKind.RestoreArchive when _hasCopy:
                await _sql.RestoreAsync(Copy);
                _database = await _sql.OpenAsync();
                break;
            case DrainMoveKind.CopyStore:
                _storeCopy = _store.Kept;
                break;
            case DrainMoveKind.RestoreStore when _storeCopy is not null:
                _store.Replace(_storeCopy);
                break;
            case DrainMoveKind.EmptyStore:
                _store.Replace(MemoryStore.Contents.Empty);
                break;
        }
    }

    /// <summary>Lets gates send all that was lost, and the drains go on until nothing is left to do.</summary>
    /// <returns>What is wrong then.</returns>
    public async Task<IReadOnlyList<string>> FinishAsync()
    {
        while (await ResendAsync(0))
        {
        }

        await _store.ProbeAsync(CancellationToken.None);
        var before = await ReadAsync();
        foreach (var drain in _drains)
        {
            await drain.KillAsync();
        }

        var last = _parts.Drain();
        while ((await last.DrainAsync(CancellationToken.None)).DidSomething)
        {
        }

        return [.. Compare(before, await ReadAsync())];
    }

    /// <summary>Computes the days of the facility, as far as they wait.</summary>
    public Task ComputeDaysAsync() => new UseRollup(_database, _parts.City, _parts.Clock).ComputeAllAsync(
        isPatient: false, () => Task.CompletedTask, CancellationToken.None);

    /// <summary>What is wrong with the days of the facility, of those that changes are followed to.</summary>
    public async Task<IReadOnlyList<string>> CheckDaysAsync()
    {
        var stays = await _database.ReadAsync(async db => (await db.QueryAsync<NamedStay>("SELECT * FROM stays"))
            .Concat(await db.QueryAsync<NamedStay>("SELECT * FROM forgotten_stays")).DistinctBy(stay => stay.Stay)
            .Select(stay => stay.Used).ToList());
        var today = _parts.Clock.Now.InUtc().Date;
        var days = await new UseReport(_database).DaysAsync(
            [_parts.Facility.Id], today.PlusDays(-ChangedDays.History), today, CancellationToken.None);
        var first = days[0].Day;
        return
        [
            .. days.SelectMany(day => UseOracle.Check(day, stays, day.IsWhole ? _parts.Clock.Now : day.ComputedAt)),
            .. days.Where((day, n) => day.Day != first.PlusDays(n)).Select(day => $"a day is missing before {day.Day}"),
            .. days[^1].Day == today ? Array.Empty<string>() : ["today is missing"],
        ];
    }

    private IEnumerable<string> Compare(Archived before, Archived after)
    {
        if (_store.Kept.Changed.Count > 0)
        {
            yield return "the feed still names timelines";
        }

        var expected = new HashSet<string>();
        foreach (var (holder, stored) in _store.Kept.Timelines)
        {
            var timeline = TimelineCodec.Decode(stored.Content);
            foreach (var stay in timeline.Stays)
            {
                var name = _parts.Keys.StayOf(_parts.Names.NameOf(holder, stay));
                expected.Add(name);
                var facts = Convert.ToHexString(StayFacts.HashOf(stay, (timeline.Find(stay.EndedBy ?? stay.Id) as ScanEvent)?.Displayed));
                if (!after.Stays.TryGetValue(name, out var row) || Convert.ToHexString(row.Facts) != facts
                    || row.State != (int)(stay.EndedAt is { } ended ? _parts.City.Judge(stay, ended) : stay).State
                    || row.EndedAt != stay.EndedAt?.ToMicroseconds() || row.UnaccountedAt is not null)
                {
                    yield return $"{stay} is archived as {row}";
                }
            }
        }

        foreach (var row in after.Stays.Values)
        {
            var revisions = after.Revisions[row.Stay].OrderBy(revision => revision.Revision).ToList();
            if (!revisions.Select(revision => revision.Revision).SequenceEqual(Enumerable.Range(1, (int)row.Revision).Select(n => (long)n))
                || revisions.Zip(revisions.Skip(1)).Any(pair => pair.First.Facts.AsSpan().SequenceEqual(pair.Second.Facts))
                || (row.Revision > 0 && (!revisions[^1].Facts.AsSpan().SequenceEqual(row.Facts) || revisions[^1].State != row.State))
                || (row.Revision == 0 && row.EndedAt is not null))
            {
                yield return $"{row} has the revisions {string.Join(", ", revisions.Select(revision => revision.Revision))}";
            }

            var holder = new HolderId(unchecked((ulong)row.Holder));
            var isThere = TimelineCodec.Decode(_store.Kept.Timelines.GetValueOrDefault(holder).Content).Find(EventIdBytes.Read(row.Event))
                is not null;
            if (isThere && !expected.Contains(row.Stay) && row.State < (int)StayState.Superseded)
            {
                yield return $"{row} does not follow from its timeline";
            }

            if (!isThere && (!before.Stays.TryGetValue(row.Stay, out var old) || old.Revision != row.Revision
                || !old.Facts.AsSpan().SequenceEqual(row.Facts) || (old.State, old.EndedAt) != (row.State, row.EndedAt)))
            {
                yield return $"{row} changed, although its events are gone";
            }

            var isOld = row.EndedAt < (_parts.Clock.Now - Timeline.StayRetention).ToMicroseconds();
            if (!isThere && !isOld && row.State < (int)StayState.Superseded && row.UnaccountedAt is null)
            {
                yield return $"{row} is not listed as unaccounted";
            }
        }
    }

    private Task<Archived> ReadAsync() => _database.ReadAsync(async db => new Archived(
        (await db.QueryAsync<StayRow>($"SELECT {StayRow.Columns} FROM stays")).ToDictionary(row => row.Stay),
        (await db.QueryAsync<RevisionRow>("SELECT stay, revision, facts, state FROM stay_revisions")).ToLookup(row => row.Stay)));

    private static HolderId HolderOf(int holder) => new((ulong)holder + 1);

    private async Task ReportAsync(int holder, int stay, int kind)
    {
        var made = Make(holder, stay, kind);
        if (_reported.TryAdd((holder, stay, kind), made) && !await PutAsync(HolderOf(holder), made))
        {
            _reported.Remove((holder, stay, kind));
        }
    }

    private async Task<bool> ResendAsync(int which)
    {
        var lost = _reported.Where(one => !Has(HolderOf(one.Key.Holder), one.Value.Id))
            .Where(one => one.Value is not ActEvent act || Has(HolderOf(one.Key.Holder), act.Scan))
            .OrderBy(one => one.Key).ToList();
        return lost.Count > 0
            && await PutAsync(HolderOf(lost[which % lost.Count].Key.Holder), lost[which % lost.Count].Value);
    }

    private bool Has(HolderId holder, GateEventId id) => TimelineOf(holder).Find(id) is not null;

    private Timeline TimelineOf(HolderId holder) => TimelineCodec.Decode(_store.Kept.Timelines.GetValueOrDefault(holder).Content);

    /// <returns>False for an act whose scan is not known.</returns>
    private async Task<bool> PutAsync(HolderId holder, GateEvent added)
    {
        var timeline = TimelineOf(holder);
        return (added is not ActEvent act || timeline.Find(act.Scan) is not null)
            && await _store.CommitAsync(
                holder, _store.Kept.Timelines.GetValueOrDefault(holder).Version, TimelineCodec.Encode(timeline.Add(added)));
    }

    private async Task CommitAsync(HolderId holder, Func<Timeline, Timeline> change)
    {
        var timeline = TimelineOf(holder);
        var changed = change(timeline);
        if (changed != timeline && _store.Kept.Timelines.TryGetValue(holder, out var stored))
        {
            await _store.CommitAsync(holder, stored.Version, TimelineCodec.Encode(changed));
        }
    }

    /// <summary>An entry, an exit a little later, and what the barrier did after the entry: the vehicle passed, or it backed out.</summary>
    private GateEvent Make(int holder, int stay, int kind)
    {
        var at = _parts.Clock.Now - Duration.FromDays(3) + Duration.FromHours(20 * stay);
        var number = (((((long)_month * Holders) + holder) * StaysPerMonth) + stay) * 10;
        var entry = new GateEventId(new("harbour-in"), new(1), number + 1);
        return kind switch
        {
            0 => Scan(entry, GateDirection.Entry, at, ScanReason.Entered),
            1 => Scan(new(new("harbour-out"), new(1), number + 1), GateDirection.Exit, at + Duration.FromHours(2), ScanReason.Exited) with
            {
                Displayed = new(500, "CNY"),
            },
            _ => new ActEvent
            {
                Id = entry with { Seq = number + kind },
                Facility = _parts.Facility.Id,
                DeviceTime = at + Duration.FromSeconds(5),
                ClockOffset = Duration.Zero,
                Act = kind == 2 ? BarrierAct.Passed : BarrierAct.BackedOut,
                Scan = entry,
                TakenInAt = at + Duration.FromSeconds(6),
            },
        };
    }

    private ScanEvent Scan(GateEventId id, GateDirection direction, Instant at, ScanReason reason) => new()
    {
        Id = id,
        Facility = _parts.Facility.Id,
        Direction = direction,
        DeviceTime = at,
        ClockOffset = Duration.Zero,
        Code = new(EventIdBytes.Of(id).AsSpan()[^16..]),
        Vehicle = VehicleSlot.None,
        Decision = new(reason, at),
        Sent = new((ulong)id.Seq),
    };

    /// <summary>A row of <c>stays</c> or <c>forgotten_stays</c>.</summary>
    private sealed record NamedStay
    {
        public string Stay { get; init; } = "";

        public long BeganAt { get; init; }

        public long? EnteredAt { get; init; }

        public long? EndedAt { get; init; }

        public long Ending { get; init; }

        public long State { get; init; }

        public UsedStay Used => new()
        {
            BeganAt = BeganAt,
            EnteredAt = EnteredAt,
            EndedAt = EndedAt,
            Ending = Ending,
            State = State,
        };
    }

    private sealed record Archived(IReadOnlyDictionary<string, StayRow> Stays, ILookup<string, RevisionRow> Revisions);
}
