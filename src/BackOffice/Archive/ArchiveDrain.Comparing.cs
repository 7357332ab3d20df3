using NodaTime;
using Parking.Accounts;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>Loading timelines, and comparing them with the archive.</summary>
public sealed partial class ArchiveDrain
{
    private async Task<IReadOnlyList<Loaded>> LoadAsync(
        HolderId[] holders, bool skipsUnchanged, CancellationToken cancellationToken)
    {
        var contents = await InPortionsAsync(holders, async holder => (Holder: holder, (await timelines.LoadAsync(holder)).Content));

        // Only a hint: whose account need not be loaded for the plates of new stays.
        var known = !skipsUnchanged ? [] : (await sql.ReadAsync(
            db => ArchiveTables.SubjectsAsync(db, [.. holders.Select(Signed)]), cancellationToken))
            .ToDictionary(row => row.Holder, row => row.Content);
        return await InPortionsAsync(contents, async one => new Loaded(
            one.Holder,
            one.Content,
            known.TryGetValue(Signed(one.Holder), out var hash) && hash == TimelineComparison.HashOf(one.Content.Span)
                ? VehicleAccount.Empty
                : await AccountOfAsync(one.Holder)));
    }

    /// <summary>
    /// Some calls of the live store at a time: the embedded store does one after the other, and a scan waits for those before it.
    /// </summary>
    private static async Task<List<TResult>> InPortionsAsync<T, TResult>(IReadOnlyList<T> all, Func<T, Task<TResult>> call)
    {
        var results = new List<TResult>(all.Count);
        foreach (var some in all.Chunk(AtOnce))
        {
            results.AddRange(await Task.WhenAll(some.Select(call)));
        }

        return results;
    }

    private async Task<IReadOnlyList<HolderChange>> CompareAsync(
        SqlSession db, IReadOnlyList<Loaded> loaded, bool skipsUnchanged, Instant now)
    {
        if (loaded.Count == 0)
        {
            return [];
        }

        var subjects = (await ArchiveTables.SubjectsAsync(db, [.. loaded.Select(one => Signed(one.Holder))]))
            .ToDictionary(row => row.Holder);
        var read = loaded
            .Where(one => !skipsUnchanged || !subjects.TryGetValue(Signed(one.Holder), out var row)
                || row.Content != TimelineComparison.HashOf(one.Content.Span))
            .Select(one => (Loaded: one, Timeline: Read(one.Content, out var unreadable), Unreadable: unreadable))
            .ToList();
        var stays = (await ArchiveTables.StaysAsync(
            db,
            [.. read.Where(one => one.Timeline is not null).Select(one => Signed(one.Loaded.Holder))],
            (now - Timeline.StayRetention).ToMicroseconds(),
            read.Where(one => one.Timeline is not null).SelectMany(one => _comparison.NamesOf(one.Loaded.Holder, one.Timeline!))))
            .ToLookup(stay => stay.Holder);
        var last = (await ArchiveTables.LastRevisionsAsync(
            db,
            [
                .. read.Where(one => one.Timeline is not null).SelectMany(one => _comparison.NamesOfNew(
                    one.Loaded.Holder, one.Timeline!, stays[Signed(one.Loaded.Holder)])),
            ]))
            .ToDictionary(revision => revision.Stay);
        return
        [
            .. read.Select(one => one.Timeline is null
                ? new() { Holder = Signed(one.Loaded.Holder), Unreadable = one.Unreadable }
                : _comparison.Compare(
                    one.Loaded.Holder,
                    one.Loaded.Content,
                    one.Timeline,
                    subjects.GetValueOrDefault(Signed(one.Loaded.Holder)),
                    [.. stays[Signed(one.Loaded.Holder)]],
                    last,
                    one.Loaded.Account,
                    now)),
        ];
    }

    private Timeline? Read(ReadOnlyMemory<byte> content, out string? unreadable)
    {
        unreadable = null;
        try
        {
            var timeline = TimelineCodec.Decode(content);
            _ = timeline.Stays;
            return timeline;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect of the fold must not keep the other timelines from the archive either.
            Quarantined(logger, e);
            unreadable = e.Message;
            return null;
        }
    }

    /// <summary>The holder's vehicle account; an empty one if it cannot be read: whoever decides an entry reports that.</summary>
    private async Task<VehicleAccount> AccountOfAsync(HolderId holder)
    {
        try
        {
            return VehicleAccountDocument.Read((await accounts.LoadAccountAsync(holder)).Content, clock.GetCurrentInstant());
        }
        catch (InvalidDataException)
        {
            return VehicleAccount.Empty;
        }
    }

    private static long Signed(HolderId holder) => unchecked((long)holder.Value);

    [LoggerMessage(
        9010,
        LogLevel.Error,
        "A timeline cannot be read and is not archived; it is tried again every minute",
        EventName = "TimelineQuarantined")]
    private static partial void Quarantined(ILogger logger, Exception exception);

    private sealed record Loaded(HolderId Holder, ReadOnlyMemory<byte> Content, VehicleAccount Account);
}
