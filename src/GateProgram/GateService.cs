using System.Net;
using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>
/// The gate's connection to the service: the schedule of requests, whether the service answers, the feed, and the decisions while it does
/// not answer.
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
    private bool _isConfirmed;
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

    /// <summary>
    /// Which way the lane leads: as the feed says, else as it is known on site. Without either, an entry: no code can be checked then.
    /// </summary>
    public GateDirection Direction => Told ?? _settings.Direction ?? GateDirection.Entry;

    /// <summary>How far outside its period of validity a code is still accepted.</summary>
    public Duration Skew => Duration.FromSeconds(Feed?.SkewSeconds ?? 0);

    public DateTimeOffset NextWorkAt => _timetable.Next;

    /// <summary>The scan that a driver waits for; null if there is none.</summary>
    public long? Asking { get => _uplink.Asking; set => _uplink.Asking = value; }

    public Action<IReadOnlyDictionary<long, long>> Renumbered { set => _uplink.Renumbered = value; }

    private GateDirection? Told => Feed?.Direction is GateDirection.Entry or GateDirection.Exit ? Feed.Direction : null;

    private TimeSpan Heartbeat => Feed is { } feed ? TimeSpan.FromSeconds(feed.HeartbeatSeconds) : _settings.DefaultHeartbeat;

    private Duration KeepEvents => Feed is { } feed ? Duration.FromHours(feed.KeepEventsHours) : _settings.DefaultKeepEvents;

    /// <summary>Verifies the code's signature and period, without the service.</summary>
    public CodeCheck Check(string code) => _verifier.Verify(code, _clock.Now);

    /// <summary>Decides without the service. Without a feed no key is known, so no code is accepted.</summary>
    public ScanReason Decide(CodeCheck check) => Feed is { } feed
        ? OfflineDecider.Decide(check, Direction, feed, _journal.Openings, _clock.Now)
        : (ScanReason)(int)check.Refusal;

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

    /// <returns>Whether the service answered and more events may be sent.</returns>
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
            CompareDirection();
            _timetable.FetchNothing();
            return;
        }
        // Try again after a while. An answered heartbeat can make the fetch due earlier.
        _timetable.FetchIn(RetryAfterOf(reply.Status, reply.RetryAfter) ?? Heartbeat);
        NoteFailure(reply);
    }

    private void Take(CachedFeed feed)
    {
        _verifier = _settings.Verifiers.Get(feed.Feed);
        _feed = feed;
    }

    /// <summary>
    /// Ends a gate that was started against the service's word: at an exit it would shut people in, at an entry let everybody in. A running
    /// gate goes by a new word of the service.
    /// </summary>
    private void CompareDirection()
    {
        if (_settings.Direction is { } set && Told is { } told && set != told)
        {
            var message = $"gate {_settings.Gate}: it was started as {Name(set)}, but the service has it as {Name(told)}. "
                + "Correct --direction or the city file.";
            if (!_isConfirmed)
            {
                throw new GateMismatchException(message);
            }
            _settings.Report(message);
        }
        _isConfirmed = true;

        static string Name(GateDirection direction) => direction == GateDirection.Entry ? "an entry" : "an exit";
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
