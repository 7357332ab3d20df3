using System.Net;
using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// A gate's side of the service: what is due when, whether it answers, what its feed says, and what the gate decides while it does not.
/// </summary>
internal sealed class GateService : IDisposable
{
    private readonly GateMachineSettings _settings;
    private readonly GateJournal _journal;
    private readonly FeedCache _cache;
    private readonly GateApi _api;
    private readonly GateClock _clock;
    private readonly EventMaker _events;
    private readonly Uplink _uplink;
    private readonly Backoff _backoff;
    private readonly Timetable _timetable;
    private readonly Lock _sync;
    private readonly SemaphoreSlim _work = new(1);

    private CachedFeed? _feed;
    private int _missed;
    private CodeVerifier _verifier = new(new PublicKeySet([]));

    public GateService(
        GateMachineSettings settings, GateJournal journal, IGateFolder folder, GateApi api, GateClock clock, TimeProvider time, Lock sync)
    {
        (_settings, _journal, _api, _clock, _sync) = (settings, journal, api, clock, sync);
        _events = new EventMaker(clock);
        _cache = new FeedCache(folder);
        _uplink = new Uplink(journal, api, clock, settings, time, sync);
        _backoff = new Backoff(settings.Jitter);
        _timetable = new Timetable(time);
        IsCutOff = journal.IsCutOff;
        if (_cache.Load() is { } feed)
        {
            Take(feed);
        }
        NoteWritten();
    }

    public bool IsCutOff { get; private set; }

    public GateFeed? Feed => _feed?.Feed;

    /// <summary>How far outside its minute a code is still good.</summary>
    public Duration Skew => Duration.FromSeconds(Feed?.SkewSeconds ?? 0);

    public DateTimeOffset NextWorkAt => _timetable.Next;

    /// <summary>The scan that a driver waits for.</summary>
    public long? Asking { get => _uplink.Asking; set => _uplink.Asking = value; }

    public Action<IReadOnlyDictionary<long, long>> Renumbered { set => _uplink.Renumbered = value; }

    private TimeSpan Heartbeat => Feed is { } feed ? TimeSpan.FromSeconds(feed.HeartbeatSeconds) : _settings.DefaultHeartbeat;

    private Duration KeepEvents => Feed is { } feed ? Duration.FromHours(feed.KeepEventsHours) : _settings.DefaultKeepEvents;

    /// <summary>What a code is worth by itself.</summary>
    public CodeCheck Check(string code) => _verifier.Verify(code, _clock.Now);

    /// <summary>Decides alone. Without a feed no key is known, so no code is accepted.</summary>
    public ScanReason Decide(CodeCheck check) => Feed is { } feed
        ? OfflineDecider.Decide(check, _settings.Direction, feed, _journal.Openings, _clock.Now)
        : (ScanReason)(int)check.Refusal;

    /// <summary>Asks about the scan that a driver waits for.</summary>
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

    /// <summary>The event that says that the gate decides alone from here on. To be written by the caller.</summary>
    public ReportedEvent WentOffline(long seq)
    {
        IsCutOff = true;
        return _events.Link(seq, LinkChange.WentOffline);
    }

    /// <summary>An attempt got no answer.</summary>
    public void Fail() => _timetable.UploadIn(_backoff.Fail(null));

    /// <summary>Something was written, or acknowledged.</summary>
    public void NoteWritten()
    {
        if (!_uplink.HasPending)
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
                // On to the next batch.
            }
            if (_timetable.IsDue(_timetable.Heartbeat))
            {
                await BeatAsync(cancellationToken);
            }
            if (_timetable.IsDue(_timetable.Feed))
            {
                await FetchAsync(cancellationToken);
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
            while (_uplink.HasPending)
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

    /// <returns>Whether it was answered, and more may be sent.</returns>
    private async Task<bool> UploadAsync(CancellationToken cancellationToken)
    {
        if (!_uplink.HasPending)
        {
            _timetable.UploadNothing();
            return false;
        }
        var reply = await _uplink.UploadAsync(cancellationToken);
        if (reply.Answer is null)
        {
            NoteFailure(reply);
            _timetable.UploadIn(_backoff.Fail(RetryAfterOf(reply.Status, reply.RetryAfter)));
            return false;
        }
        NoteSuccess();
        if (_uplink.HasPending)
        {
            _timetable.UploadIn(TimeSpan.Zero);
        }
        return true;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var (deviceTime, offset) = _clock.Stamp();
        var heartbeat = new Heartbeat { Journal = _journal.Id, LastSeq = _journal.LastSeq, DeviceTime = deviceTime, ClockOffset = offset };
        var reply = await _api.BeatAsync(heartbeat, _settings.RequestTimeout, cancellationToken);
        _timetable.BeatIn(Heartbeat);
        if (reply.Answer is not { } answer)
        {
            NoteFailure(reply);
            return;
        }
        _clock.Learn(reply.Sent, reply.Answered, answer.Time);
        _uplink.LearnEpoch(answer.Epoch, answer.AcknowledgedThrough, reply.Sent);
        NoteSuccess();
        if (answer.Feed != _feed?.ETag)
        {
            _timetable.FetchIn(TimeSpan.Zero);
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var reply = await _api.FetchFeedAsync(_feed?.ETag, _settings.RequestTimeout, cancellationToken);
        if (reply.Answer is { } feed)
        {
            var cached = new CachedFeed(reply.ETag ?? "", feed);
            _cache.Store(cached);
            Take(cached);
        }
        if (reply.Answer is not null || reply.Status == HttpStatusCode.NotModified)
        {
            _timetable.FetchNothing();
            return;
        }
        // A heartbeat that is answered asks for it anew, sooner or later.
        _timetable.FetchIn(RetryAfterOf(reply.Status, reply.RetryAfter) ?? Heartbeat);
        NoteFailure(reply);
    }

    private void Take(CachedFeed feed)
    {
        _verifier = _settings.Verifiers.Get(feed.Feed);
        _feed = feed;
    }

    private void Compact()
    {
        lock (_sync)
        {
            if (_journal.Acknowledgeable > 0)
            {
                _journal.Compact(_clock.Now, KeepEvents);
            }
            _timetable.CompactNothing();
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
            if (wasFailing && _uplink.HasPending)
            {
                _timetable.UploadIn(TimeSpan.Zero);
            }
        }
    }

    /// <summary>
    /// After two failures in a row the gate is cut off and decides alone, so that the next driver does not wait for a third.
    /// </summary>
    private void NoteFailure<T>(GateReply<T> reply)
        where T : class
    {
        _settings.Report(reply.Problem ?? $"gate {_settings.Gate}: no answer.");
        lock (_sync)
        {
            _missed += reply.Status == HttpStatusCode.OK ? 0 : 1;
            // A scan that is being asked about must be followed by its own act first.
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
