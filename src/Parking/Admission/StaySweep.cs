using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Finishes what a crash left undone, and checks every change afterwards. One pass has two parts. First, events that have been pending for
/// too long are completed if their timeline knows them, and forgotten if it does not. Then every timeline in the outgoing list is compared
/// with the spaces.
/// </summary>
public sealed partial class StaySweep(
    ITimelineStore timelines,
    IJournalStore journals,
    CityDirectory city,
    ScanCompletion completion,
    SpaceAudit audit,
    IClock clock,
    ILogger<StaySweep> logger)
{
    /// <summary>How long an event may be pending before its handler is taken for dead.</summary>
    public static readonly Duration PendingPatience = Duration.FromSeconds(60);

    private const int PendingBatch = 256;
    private const int OutgoingBatch = 1024;

    /// <summary>Runs one pass over everything that is due.</summary>
    public Task<SweepResult> SweepAsync(CancellationToken cancellationToken) => SweepAsync(PendingPatience, cancellationToken);

    /// <param name="patience">How long an event may be pending. Use zero only while no event is being handled anywhere.</param>
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
            case ScanEvent { Decision.Reason: ScanReason.LetOut } exit when exit.Content == pending.Content:
                await journals.MarkAsync(facility.Id, pending.Scan, pending.Content, KeptEvent.Recorded, []);
                return new(1, 0, AuditResult.Nothing);
            case ScanEvent decided:
                await completion.CompleteAsync(pending.Holder, decided, timeline);
                return new(1, 0, AuditResult.Nothing);
            case ActEvent act when act.Content == pending.Content:
                await journals.MarkAsync(facility.Id, pending.Scan, pending.Content, KeptEvent.Recorded, []);
                return new(1, 0, AuditResult.Nothing);
            default:
                // Another content was there first; or this is an inventory, which may still be missing in other timelines. Its gate got no
                // answer and sends it again.
                return new(0, await journals.AbandonAsync(facility.Id, pending) ? 1 : 0, AuditResult.Nothing);
        }
    }

    /// <summary>
    /// Drops from every timeline what ended so long ago that it can no longer matter, and corrects spaces that do not agree with it: a
    /// facility's slot may have lost the space of a stay whose entry no gate keeps any more. Reads all timelines: run it once a day.
    /// </summary>
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
                    // A lost race is harmless: whoever changed the timeline has trimmed it, too.
                    await timelines.CommitAsync(holder, stored.Version, TimelineCodec.Encode(trimmed));
                }

                await audit.AuditAsync(holder);
            });
        }
    }

    /// <summary>
    /// Logs and skips a timeline that this version cannot read (written by a newer version, or damaged), so that the sweep still reaches
    /// the others.
    /// </summary>
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

    [LoggerMessage(
        4003, LogLevel.Error, "The timeline of holder {Holder} cannot be read and was skipped: {Reason}", EventName = "TimelineUnreadable")]
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

/// <summary>What one pass of the sweep did.</summary>
/// <param name="Completed">Decided events that were carried over to their facility and answered.</param>
/// <param name="Abandoned">Events that were begun and never decided. They were forgotten, and their spaces are free again.</param>
/// <param name="Mended">Corrections of spaces that did not agree with the timelines.</param>
public readonly record struct SweepResult(int Completed, int Abandoned, AuditResult Mended)
{
    public static SweepResult operator +(SweepResult left, SweepResult right) =>
        new(left.Completed + right.Completed, left.Abandoned + right.Abandoned, left.Mended + right.Mended);
}
