using System.Net;
using NodaTime;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The gate's connection to the service: the schedule of requests, whether the service answers, the feed, and the decisions while it does
/// not answer.
/// </summary>
internal sealed partial class GateService : IDisposable
{
    private readonly GateMachineSettings _settings;
    private readonly GateJournal _journal;
    private readonly FeedCache _cache;
    private readonly RevokedCertificates _revocations;
    private readonly GateApi _api;
    private readonly GateClock _clock;
    private readonly EventMaker _events;
    private readonly Uplink _uplink;
    private readonly LeftoverUplink _leftovers;
    private readonly Backoff _backoff;
    private readonly Timetable _timetable;
    private readonly Lock _sync;
    private readonly SemaphoreSlim _work = new(1);
    private readonly TimeProvider _time;

    private int _missed;

    public GateService(
        GateMachineSettings settings, GateStorage storage, IGateFolder folder, GateApi api, GateClock clock, TimeProvider time, Lock sync)
    {
        (_settings, _journal, _api, _clock, _time, _sync) = (settings, storage.Journal, api, clock, time, sync);
        _cache = new FeedCache(storage.Folder, folder);
        _revocations = new RevokedCertificates(storage.Folder, folder);
        _events = new EventMaker(clock);
        _uplink = new Uplink(_journal, api, clock, settings, time, sync);
        _leftovers = new LeftoverUplink(storage.Leftovers, api, clock, settings, time);
        _backoff = new Backoff(settings.Jitter);
        _timetable = new Timetable(time);
        IsCutOff = _journal.IsCutOff;
        if (_cache.Load() is { } feed)
        {
            Take(feed);
        }
        NoteWritten();
    }

    public bool IsCutOff { get; private set; }

    public DateTimeOffset NextWorkAt => _timetable.Next;

    /// <summary>The scan that a driver waits for; null if there is none.</summary>
    public long? Asking { get => _uplink.Asking; set => _uplink.Asking = value; }

    public Action<IReadOnlyDictionary<long, long>> Renumbered { set => _uplink.Renumbered = value; }

    /// <summary>Tells how the barrier is.</summary>
    public Func<BarrierPosition> Position { get; set; } = () => BarrierPosition.Closed;

    public bool HasLeftovers => _leftovers.HasPending;

    private bool HasPending => _uplink.HasPending || HasLeftovers;

    private TimeSpan Heartbeat => Feed is { } feed ? TimeSpan.FromSeconds(feed.HeartbeatSeconds) : _settings.DefaultHeartbeat;

    private Duration KeepEvents => Feed is { } feed ? Duration.FromHours(feed.KeepEventsHours) : _settings.DefaultKeepEvents;

    /// <summary>Asks the service to decide the scan that a driver waits for.</summary>
    public async Task<GateReply<ScanAnswer>> AskAsync(CancellationToken cancellationToken)
    {
        var budget = _settings.AnswerBudget
            ?? (Feed is { } feed ? TimeSpan.FromMilliseconds(feed.AnswerBudgetMilliseconds) : _settings.DefaultAnswerBudget);
        var scan = Asking ?? throw new InvalidOperationException("No driver waits.");
        var reply = await _uplink.AskAsync(scan, budget, cancellationToken);
        if (reply.Answer is null)
        {
            _settings.Report(reply.Problem ?? $"gate {_settings.Gate}: event {scan} was not decided.");
        }
        else
        {
            _backoff.Succeed();
            _missed = 0;
        }
        return reply;
    }

    /// <summary>Tells a technician. The message has no secret.</summary>
    public void Report(string message) => _settings.Report($"gate {_settings.Gate}: {message}");

    /// <summary>Marks the gate as offline and returns the event that reports it. The caller writes the event.</summary>
    public ReportedEvent WentOffline(long seq)
    {
        IsCutOff = true;
        return _events.Link(seq, LinkChange.WentOffline);
    }

    /// <summary>Notes an attempt without an answer.</summary>
    public void Fail() => _timetable.UploadIn(_backoff.Fail(null));

    /// <summary>Updates the schedule after events were written or acknowledged.</summary>
    public void NoteWritten()
    {
        if (!HasPending)
        {
            _timetable.UploadNothing();
        }
        else if (_backoff.Failures == 0 || _timetable.Upload == TimeSpan.MaxValue)
        {
            _timetable.UploadWithin(_settings.UploadDelay);
        }
        if (_journal.Acknowledgeable > 0)
        {
            _timetable.CompactWithin(_settings.CompactEvery);
        }
    }

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (!await _work.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return;
        }
        try
        {
            while (_timetable.IsDue(_timetable.Upload) && await UploadAsync(cancellationToken))
            {
                // Send the next batch.
            }
            if (_timetable.IsDue(_timetable.Heartbeat))
            {
                await BeatAsync(cancellationToken);
            }
            if (_timetable.IsDue(_timetable.Feed))
            {
                await FetchAsync(cancellationToken);
            }
            if (_timetable.IsDue(_timetable.Revocations))
            {
                await ReadRevocationsAsync(cancellationToken);
            }
            if (_timetable.IsDue(_timetable.Compaction))
            {
                Compact();
            }
        }
        finally
        {
            _work.Release();
        }
    }

    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        await _work.WaitAsync(cancellationToken);
        try
        {
            while (HasPending)
            {
                if (!await UploadAsync(cancellationToken))
                {
                    return false;
                }
            }
            Compact();
            return true;
        }
        finally
        {
            _work.Release();
        }
    }

    public void Dispose() => _work.Dispose();

    /// <returns>Whether the service answered and more events may be sent.</returns>
    private async Task<bool> UploadAsync(CancellationToken cancellationToken)
    {
        if (!HasPending)
        {
            _timetable.UploadNothing();
            return false;
        }
        var reply = _uplink.HasPending ? await _uplink.UploadAsync(cancellationToken) : await _leftovers.UploadAsync(cancellationToken);
        if (reply.Answer is null)
        {
            NoteFailure(reply);
            _timetable.UploadIn(_backoff.Fail(RetryAfterOf(reply.Status, reply.RetryAfter)));
            return false;
        }
        NoteSuccess();
        if (HasPending)
        {
            _timetable.UploadIn(TimeSpan.Zero);
        }
        return true;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var (deviceTime, offset, _) = _clock.Stamp();
        var heartbeat = new Heartbeat
        {
            Journal = _journal.Id,
            LastSeq = _journal.LastSeq,
            Epoch = _journal.Acknowledged?.Epoch,
            DeviceTime = deviceTime,
            ClockOffset = offset,
            Barrier = Position(),
        };
        var reply = await _api.BeatAsync(heartbeat, _settings.RequestTimeout, cancellationToken);
        _timetable.BeatIn(Heartbeat);
        if (reply.Answer is not { } answer)
        {
            NoteFailure(reply);
            return;
        }
        _clock.Learn(reply.Sent, reply.Answered, answer.Time);
        _uplink.LearnEpoch(answer.Epoch, answer.ResendFrom, answer.AcknowledgedThrough, reply.Sent);
        NoteSuccess();
        if (answer.Feed != _feed?.ETag)
        {
            _timetable.FetchIn(TimeSpan.Zero);
        }
        if (answer.Revocations is { } newest && _revocations.LackUpTo(answer.Epoch, newest))
        {
            _timetable.ReadRevocationsIn(TimeSpan.Zero);
        }
    }

    private void Compact()
    {
        lock (_sync)
        {
            _timetable.CompactNothing();
            if (!_clock.IsSet)
            {
                // What is old is not known: neither which codes can never be shown again, nor which events nobody will ask for.
                _timetable.CompactWithin(_settings.CompactEvery);
            }
            else if (IsClaimRecent)
            {
                _timetable.CompactWithin(ClaimMemory);
            }
            else if (_journal.Acknowledgeable > 0)
            {
                _journal.Compact(_clock.Now, KeepEvents);
            }
        }
    }

    private void NoteSuccess()
    {
        lock (_sync)
        {
            var wasFailing = _backoff.Failures > 0;
            _backoff.Succeed();
            _missed = 0;
            if (IsCutOff)
            {
                IsCutOff = false;
                _journal.Append(new JournalGroup { Events = [_events.Link(_journal.NextSeq, LinkChange.CameBack)] });
            }
            NoteWritten();
            if (wasFailing && HasPending)
            {
                _timetable.UploadIn(TimeSpan.Zero);
            }
        }
    }

    /// <summary>
    /// Notes a failed request. After two failures in a row the gate goes offline and decides alone, so that the next driver does not wait
    /// for a third.
    /// </summary>
    private void NoteFailure<T>(GateReply<T> reply)
        where T : class
    {
        _settings.Report(reply.Problem ?? $"gate {_settings.Gate}: no answer.");
        lock (_sync)
        {
            _missed += reply.Status == HttpStatusCode.OK ? 0 : 1;
            // While a scan is undecided, its barrier event must be the next event after it.
            if (!IsCutOff && _missed > 1 && Asking is null)
            {
                _journal.Append(new JournalGroup { Events = [WentOffline(_journal.NextSeq)] });
                NoteWritten();
            }
        }
    }

    private static TimeSpan? RetryAfterOf(HttpStatusCode? status, TimeSpan? retryAfter) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? retryAfter : null;
}
