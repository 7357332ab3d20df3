using System.Net;
using NodaTime;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Sends a journal's events to the service and applies the answers. An event counts as acknowledged only when its own answer has come in
/// the present epoch of the service's store. So a scan does not lose its code before its decision token is stored, and no event that must
/// be sent again is skipped.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="api">Sends the requests.</param>
/// <param name="clock">Learns the time from every answer.</param>
/// <param name="settings">The limits of a batch, and the callbacks.</param>
/// <param name="time">Measures.</param>
/// <param name="sync">Held while the journal changes in several steps.</param>
internal sealed class Uplink(GateJournal journal, GateApi api, GateClock clock, GateMachineSettings settings, TimeProvider time, Lock sync)
{
    private const int MostBytes = 400 << 10;

    private int _mostEvents = EventUpload.MaxEvents;
    private long _epochSince = long.MinValue;
    private long _toldThrough;

    /// <summary>The scan that a driver waits for. Until it is decided, only its own request sends it.</summary>
    public long? Asking { get; set; }

    /// <summary>Whether there are events to send.</summary>
    public bool HasPending => Last() > journal.AcknowledgedThrough;

    /// <summary>Called with the new numbers, by old number, when a new journal was begun.</summary>
    public Action<IReadOnlyDictionary<long, long>> Renumbered { get; set; } = _ => { };

    /// <summary>Asks the service to decide a scan. Sends the unacknowledged events before it too, if they are few.</summary>
    public async Task<GateReply<ScanAnswer>> AskAsync(long scan, TimeSpan budget, CancellationToken cancellationToken)
    {
        UploadBatch batch;
        lock (sync)
        {
            var from = journal.AcknowledgedThrough + 1;
            batch = Take(scan - from <= settings.MostBeforeScan ? from : scan, scan);
            if (batch.Events.Count == 0 || batch.Events[^1].Seq != scan)
            {
                // The events together would be too large, or some are in the archive.
                batch = Take(scan, scan);
            }
        }
        var reply = await SendAsync(batch, budget, cancellationToken);
        var answer = reply.Answer?.Answers.FirstOrDefault(answer => answer.Seq == scan);
        return new GateReply<ScanAnswer>
        {
            Answer = answer?.Scan,
            Status = reply.Status,
            Sent = reply.Sent,
            Answered = reply.Answered,
            Decide = reply.Decide,
            Problem = answer?.Error ?? reply.Problem,
        };
    }

    /// <summary>Sends the next events.</summary>
    /// <returns>The reply. Its answer is also null if no event was acknowledged.</returns>
    public async Task<GateReply<UploadAnswer>> UploadAsync(CancellationToken cancellationToken)
    {
        UploadBatch batch;
        long before;
        lock (sync)
        {
            before = journal.AcknowledgedThrough;
            batch = Take(before + 1, Last());
            if (batch.Events.Count == 0 && batch.Through > before && journal.Acknowledged is { } last)
            {
                journal.Acknowledge(last with { Through = batch.Through, At = clock.Now });
                batch = Take(batch.Through + 1, Last());
            }
        }
        var reply = await SendAsync(batch, settings.RequestTimeout, cancellationToken);
        if (reply.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            _mostEvents = Math.Max(1, _mostEvents / 2);
        }
        var hasMoved = batch.Journal != journal.Id || journal.AcknowledgedThrough != before;
        return hasMoved
            ? reply
            : reply with { Answer = null, Problem = reply.Problem ?? $"gate {settings.Gate}: the service acknowledged no event." };
    }

    /// <summary>
    /// Applies the epoch of the service's store, from when on it may have lost events, and the number up to which it has the journal, as an
    /// answer says them.
    /// </summary>
    public void LearnEpoch(string epoch, Instant? resendFrom, long through, long sent)
    {
        lock (sync)
        {
            var mark = new Acknowledgement(epoch, through, clock.Now);
            if (journal.Acknowledged is not { } last)
            {
                journal.Acknowledge(mark with { Through = 0 });
            }
            else if (last.Epoch != epoch && sent >= _epochSince)
            {
                journal.GoBack(mark, resendFrom);
                _epochSince = time.GetTimestamp();
                settings.Report($"gate {settings.Gate}: the service's store has a new epoch; sending again from event "
                    + $"{journal.AcknowledgedThrough + 1}.");
            }
            if (journal.Acknowledged?.Epoch == epoch)
            {
                _toldThrough = through;
            }
        }
    }

    private long Last() => Asking is { } scan ? scan - 1 : journal.LastSeq;

    private UploadBatch Take(long from, long through)
    {
        var stored = journal.Read(from, through, _mostEvents, MostBytes);
        // A scan whose code was removed and that has no decision token has no content. If the service has it, it is not sent again.
        var sent = stored.Where(one => one.Seq > _toldThrough || !one.IsEmptied).ToList();
        var keptFrom = journal.FirstSeq;
        return new UploadBatch(journal.Id, from, stored.Count == 0 ? from - 1 : stored[^1].Seq, sent)
        {
            KeptFrom = _toldThrough < keptFrom - 1 ? keptFrom : null,
            Epoch = journal.Acknowledged?.Epoch,
        };
    }

    private async Task<GateReply<UploadAnswer>> SendAsync(UploadBatch batch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (batch.Events.Count == 0)
        {
            var now = time.GetTimestamp();
            return new GateReply<UploadAnswer> { Sent = now, Answered = now };
        }
        var reply = await api.UploadAsync(batch, clock.Steady, timeout, cancellationToken);
        if (reply.Answer is { } answer)
        {
            clock.Learn(reply.Sent, reply.Answered, answer.Time);
            lock (sync)
            {
                if (batch.Journal == journal.Id)
                {
                    TakeIn(batch, answer, reply.Sent);
                }
            }
        }
        return reply;
    }

    private void TakeIn(UploadBatch batch, UploadAnswer answer, long sent)
    {
        LearnEpoch(answer.Epoch, answer.ResendFrom, answer.AcknowledgedThrough, sent);
        foreach (var scan in answer.Answers.Where(one => one.Scan is not null))
        {
            journal.NoteAnswer(StoredAnswer.Of(scan.Seq, scan.Scan!));
        }
        foreach (var rejected in answer.Answers.Where(one => one.Outcome is EventOutcome.Unreadable or EventOutcome.Conflict))
        {
            settings.Rejected(rejected);
        }
        foreach (var unreadable in answer.Answers.Where(one => one.Outcome == EventOutcome.Unreadable))
        {
            settings.Report($"gate {settings.Gate}: event {unreadable.Seq} is unreadable for the service: {unreadable.Error}");
        }
        if (answer.Answers.Any(one => one.Outcome == EventOutcome.Conflict))
        {
            BeginNew(answer);
            return;
        }
        if (journal.Acknowledged is { } last && last.Epoch == answer.Epoch && batch.From <= last.Through + 1)
        {
            journal.Acknowledge(last with
            {
                Through = Math.Min(batch.AnsweredThrough(answer), answer.AcknowledgedThrough),
                At = clock.Now,
            });
        }
        var waiting = answer.Answers.Where(one => one.Outcome == EventOutcome.Waiting).Select(
            one => batch.Events.First(stored => stored.Seq == one.Seq));
        if (waiting.Select(stored => stored.Deserialize()).OfType<ReportedAct>().Select(act => act.Scan).Min() is { } first)
        {
            journal.GoBackTo(first);
        }
    }

    private void BeginNew(UploadAnswer answer)
    {
        var old = journal.Id;
        var through = journal.AcknowledgedThrough;
        var dealtWith = answer.Answers.Where(one => one.Outcome is not (EventOutcome.Conflict or EventOutcome.Waiting))
            .Select(one => one.Seq).ToHashSet();
        var numbers = journal.BeginNew(seq => seq <= through || dealtWith.Contains(seq));
        _toldThrough = 0;
        Asking = Asking is { } scan && numbers.TryGetValue(scan, out var seq) ? seq : null;
        journal.Acknowledge(new Acknowledgement(answer.Epoch, 0, clock.Now));
        Renumbered(numbers);
        settings.Report($"gate {settings.Gate}: the service has different events under numbers of journal {old}, so journal "
            + $"{journal.Id} was begun. Check whether two gates use the same disk.");
    }
}

/// <summary>Events that are sent in one request.</summary>
/// <param name="Journal">Their journal.</param>
/// <param name="From">The first number of the range.</param>
/// <param name="Through">The last number of the range.</param>
/// <param name="Events">The events of the range that are sent.</param>
internal sealed record UploadBatch(string Journal, long From, long Through, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The oldest number that the gate still has, if the service waits for older ones; otherwise null.</summary>
    public long? KeptFrom { get; init; }

    /// <summary>The epoch in which the journal's events were acknowledged; null before the first answer.</summary>
    public string? Epoch { get; init; }

    /// <summary>The last number such that it and all before it are answered finally.</summary>
    public long AnsweredThrough(UploadAnswer answer)
    {
        var open = answer.Answers.Where(one => one.Outcome is EventOutcome.Waiting or EventOutcome.Conflict).Select(one => one.Seq)
            .Concat(Events.Select(stored => stored.Seq).Except(answer.Answers.Select(one => one.Seq))).ToList();
        return open.Count == 0 ? Through : open.Min() - 1;
    }
}
