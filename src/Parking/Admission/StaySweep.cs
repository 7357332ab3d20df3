using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Finishes what a crash left undone, and checks behind every change. One pass: events that have been pending for long are
/// completed if their timeline knows them and forgotten if it does not; then every timeline named in the outgoing list is
/// held against the places.
/// </summary>
public sealed partial class StaySweep(
    ITimelineStore timelines, IJournalStore journals, CityDirectory city, ScanCompletion completion, SpaceAudit audit, IClock clock, ILogger<StaySweep> logger)
{
    /// <summary>How long a scan may be pending before its handler is taken for dead.</summary>
    public static readonly Duration PendingPatience = Duration.FromSeconds(60);

    private const int PendingBatch = 256;
    private const int OutgoingBatch = 1024;

    /// <summary>One pass over everything that is due.</summary>
    public Task<SweepResult> SweepAsync(CancellationToken cancellationToken) => SweepAsync(PendingPatience, cancellationToken);

    /// <param name="patience">How long a scan may be pending. Zero is for when no scan is being handled anywhere.</param>
    /// <param name="cancellationToken">Ends the pass before the next facility.</param>
    public async Task<SweepResult> SweepAsync(Duration patience, CancellationToken cancellationToken)
    {
        var result = new SweepResult(0, 0, AuditResult.Nothing);
        foreach (var facility in city.Facilities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var pending in await journals.PendingAsync(facility.Id, clock.GetCurrentInstant() - patience, PendingBatch))
            {
                await SparingTheOthersAsync(pending.Holder, async () => result += await SettleAsync(facility, pending));
            }
        }

        return result with { Mended = result.Mended + await DrainOutgoingAsync(cancellationToken) };
    }

    private async Task<SweepResult> SettleAsync(Facility facility, PendingEvent pending)
    {
        var timeline = RecentTimelines.Decode((await timelines.LoadAsync(pending.Holder)).Content);
        switch (timeline.Find(pending.Scan))
        {
            case ScanEvent decided:
                await completion.CompleteAsync(pending.Holder, decided, timeline);
                return new(1, 0, AuditResult.Nothing);
            case ActEvent act when act.Content == pending.Content:
                await journals.MarkAsync(facility.Id, pending.Scan, pending.Content, KeptEvent.Recorded, []);
                return new(1, 0, AuditResult.Nothing);
            default:
                // An inventory may still lack timelines: its gate, which was not answered, sends it again. Another content was there first.
                return new(0, await journals.AbandonAsync(facility.Id, pending) ? 1 : 0, AuditResult.Nothing);
        }
    }

    /// <summary>Drops from every timeline what is ended for so long that it can no longer matter. Reads all of them: once a day.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        await foreach (var holder in timelines.HoldersAsync(cancellationToken))
        {
            await SparingTheOthersAsync(holder, async () =>
            {
                var stored = await timelines.LoadAsync(holder);
                var timeline = TimelineCodec.Decode(stored.Content);
                var trimmed = timeline.Trim(clock.GetCurrentInstant());
                if (trimmed != timeline)
                {
                    // Whoever has changed it meanwhile has trimmed it, too.
                    await timelines.CommitAsync(holder, stored.Version, TimelineCodec.Encode(trimmed));
                }
            });
        }
    }

    /// <summary>A timeline that this version cannot read (of a newer one, or damaged) is said and passed over: the others still want their sweep.</summary>
    private async Task SparingTheOthersAsync(HolderId holder, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (InvalidDataException e)
        {
            TimelineUnreadable(logger, holder, e.Message);
        }
    }

    [LoggerMessage(4003, LogLevel.Error, "The timeline of holder {Holder} cannot be read and was passed over: {Reason}", EventName = "TimelineUnreadable")]
    private static partial void TimelineUnreadable(ILogger logger, HolderId holder, string reason);

    private async Task<AuditResult> DrainOutgoingAsync(CancellationToken cancellationToken)
    {
        var mended = AuditResult.Nothing;
        while (await timelines.OutgoingAsync(OutgoingBatch) is { Count: > 0 } entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var holder in entries.Select(entry => entry.Holder).Distinct())
            {
                await SparingTheOthersAsync(holder, async () => mended += await audit.AuditAsync(holder));
            }

            await timelines.RemoveOutgoingAsync(entries);
            if (entries.Count < OutgoingBatch)
            {
                break;
            }
        }

        return mended;
    }
}

/// <summary>What a pass of the sweep found to do.</summary>
/// <param name="Completed">Decided scans that were carried over to their facility and answered.</param>
/// <param name="Abandoned">Scans that were begun and never decided: forgotten, their places free again.</param>
/// <param name="Mended">Places that did not agree with the timelines.</param>
public readonly record struct SweepResult(int Completed, int Abandoned, AuditResult Mended)
{
    public static SweepResult operator +(SweepResult left, SweepResult right) =>
        new(left.Completed + right.Completed, left.Abandoned + right.Abandoned, left.Mended + right.Mended);
}
