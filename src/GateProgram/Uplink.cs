using System.Net;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// Brings a journal's events up and takes in what is answered. An event counts as acknowledged only when its own answer has come, in this
/// life of the service's store: so nothing loses its code before its decision token is here, and nothing that is to be sent again is
/// passed over.
/// </summary>
/// <param name="journal">The events.</param>
/// <param name="api">The way up.</param>
/// <param name="clock">Learns the time from every answer.</param>
/// <param name="settings">How many at a time.</param>
/// <param name="time">Measures.</param>
/// <param name="sync">Held while the journal changes in several steps.</param>
internal sealed class Uplink(GateJournal journal, GateApi api, GateClock clock, GateMachineSettings settings, TimeProvider time, Lock sync)
{
    private const int MostBytes = 400 << 10;

    private int _mostEvents = EventUpload.MaxEvents;
    private long _epochSince = long.MinValue;
    private long _toldThrough;

    /// <summary>The scan that a driver waits for: until it is decided, only its own question carries it.</summary>
    public long? Asking { get; set; }

    /// <summary>Whether anything is to be sent.</summary>
    public bool HasPending => Last() > journal.AcknowledgedThrough;

    /// <summary>Called with the new numbers by the old ones when a new journal was begun.</summary>
    public Action<IReadOnlyDictionary<long, long>> Renumbered { get; set; } = _ => { };

    /// <summary>Asks about a scan, behind the few events that are not acknowledged yet, or alone.</summary>
    public async Task<GateReply<ScanAnswer>> AskAsync(long scan, TimeSpan budget, CancellationToken cancellationToken)
    {
        UploadBatch batch;
        lock (sync)
        {
            var from = journal.AcknowledgedThrough + 1;
            batch = Take(scan - from <= settings.MostBeforeScan ? from : scan, scan);
            if (batch.Events.Count == 0 || batch.Events[^1].Seq != scan)
            {
                // Together they would be too large, or some lie in the archive.
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
    /// <returns>The reply; its answer is null also where nothing came forward by it.</returns>
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
        return hasMoved ? reply : reply with { Answer = null, Problem = reply.Problem ?? $"gate {settings.Gate}: nothing came forward." };
    }

    /// <summary>An answer says which life of its store the service is in, and how far it knows the journal.</summary>
    public void LearnEpoch(string epoch, long through, long sent)
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
                journal.GoBack(mark);
                _epochSince = time.GetTimestamp();
                settings.Report($"gate {settings.Gate}: the service's store has begun a new life; sending again from event "
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
        // A scan without a decision token has nothing to restore and no content any more: where the service knows it, it is not sent again.
        var sent = stored.Where(one => one.Seq > _toldThrough || !one.IsEmptied).ToList();
        var keptFrom = journal.FirstSeq;
        return new UploadBatch(journal.Id, from, stored.Count == 0 ? from - 1 : stored[^1].Seq, sent)
        {
            KeptFrom = _toldThrough < keptFrom - 1 ? keptFrom : null,
        };
    }

    private async Task<GateReply<UploadAnswer>> SendAsync(UploadBatch batch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (batch.Events.Count == 0)
        {
            var now = time.GetTimestamp();
            return new GateReply<UploadAnswer> { Sent = now, Answered = now };
        }
        var reply = await api.UploadAsync(batch, timeout, cancellationToken);
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
        LearnEpoch(answer.Epoch, answer.AcknowledgedThrough, sent);
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
            settings.Report($"gate {settings.Gate}: event {unreadable.Seq} made no sense to the service: {unreadable.Error}");
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
        settings.Report($"gate {settings.Gate}: the service knows events of journal {old} with other contents, so journal {journal.Id} "
            + $"was begun. Look into it: two gates may have one disk.");
    }
}

/// <summary>Events that are sent together.</summary>
/// <param name="Journal">Their journal.</param>
/// <param name="From">The first number that is meant.</param>
/// <param name="Through">The last number that is meant.</param>
/// <param name="Events">What of them is sent.</param>
internal sealed record UploadBatch(string Journal, long From, long Through, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The oldest number that the gate still has, where the service waits for older ones; null: it does not.</summary>
    public long? KeptFrom { get; init; }

    /// <summary>Up to where everything was answered for good.</summary>
    public long AnsweredThrough(UploadAnswer answer)
    {
        var open = answer.Answers.Where(one => one.Outcome is EventOutcome.Waiting or EventOutcome.Conflict).Select(one => one.Seq)
            .Concat(Events.Select(stored => stored.Seq).Except(answer.Answers.Select(one => one.Seq))).ToList();
        return open.Count == 0 ? Through : open.Min() - 1;
    }
}
