using System.Net;
using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>The feed, and what the gate decides by it without the service.</summary>
internal sealed partial class GateService
{
    /// <summary>Keys sign for a month and are known for some weeks more.</summary>
    private static readonly Duration LateMemory = Duration.FromDays(90);

    private CachedFeed? _feed;
    private bool _isConfirmed;
    private CodeVerifier _verifier = new(new PublicKeySet([]));

    public GateFeed? Feed => _feed?.Feed;

    /// <summary>
    /// Which way the lane leads: as the feed says, else as it is known on site. Without either, an entry: no code can be checked then.
    /// </summary>
    public GateDirection Direction => Told ?? _settings.Direction ?? GateDirection.Entry;

    /// <summary>How long after its expiry a code can still open this gate.</summary>
    private Duration AcceptedAfterExpiry =>
        Duration.FromSeconds(Feed?.SkewSeconds ?? 0)
        + (Direction == GateDirection.Exit ? Duration.FromHours(Feed?.LateExitHours ?? 0) : Duration.Zero);

    /// <summary>The direction in the feed; null if it says none that this version knows.</summary>
    private GateDirection? Told => Feed?.Direction is GateDirection.Entry or GateDirection.Exit ? Feed.Direction : null;

    /// <summary>Verifies the code's signature and period, without the service.</summary>
    public CodeCheck Check(string code) => _verifier.Verify(code, _clock.Now);

    /// <summary>Decides without the service. Without a feed no key is known, so no code is accepted.</summary>
    public ScanReason Decide(CodeCheck check) => Feed is { } feed
        ? OfflineDecider.Decide(check, _revocations.Have(check), Direction, feed, _journal.Openings, _clock)
        : (ScanReason)(int)check.Refusal;

    /// <summary>
    /// The opening to remember for a code, for as long as the code would be accepted; null if it is not genuine. A gate that does not know
    /// the time accepts any genuine code, so one that was late is remembered for longer than its key.
    /// </summary>
    public Opening? OpeningOf(CodeCheck check, bool isAlone, ScanReason reason)
    {
        var isLate = reason == ScanReason.OpenedOfflineLate;
        var until = isLate ? Instant.Max(check.ExpiresAt, _clock.Now) + LateMemory : check.ExpiresAt + AcceptedAfterExpiry;
        return check.IsGenuine ? new Opening(_clock.Now, isAlone, check.CodeId, until, isLate) : null;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var reply = await _api.FetchFeedAsync(_feed?.ETag, _settings.RequestTimeout, cancellationToken);
        if (reply.Answer is { } feed)
        {
            var cached = new CachedFeed(reply.ETag ?? "", feed);
            if (_cache.Store(cached) is { } fault)
            {
                Report($"the feed cannot be kept on the disk: {fault}");
            }
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
}
