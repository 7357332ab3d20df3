using System.Globalization;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>
/// A minimal implementation of the service's side of the protocol for one gate: it keeps the events of each journal and answers uploads.
/// Its decisions depend on the code only.
/// </summary>
internal sealed class Books(CodeOffice office)
{
    private readonly Dictionary<string, SortedDictionary<long, Fact>> _journals = [];
    private readonly Dictionary<string, long> _passedOver = [];
    private readonly HashSet<CodeId> _used = [];

    /// <summary>
    /// The answer for each decision token. Real tokens are sealed and contain the event, so this dictionary survives a loss of the store.
    /// </summary>
    private readonly Dictionary<string, ScanAnswer> _tokens = [];

    public string Epoch { get; set; } = "epoch1";

    /// <summary>From when on the store may have lost events; null: the service does not say.</summary>
    public Instant? ResendFrom { get; set; }

    /// <summary>The epoch that the gate named in its last request.</summary>
    public string? ToldEpoch { get; set; }

    public IReadOnlyDictionary<string, SortedDictionary<long, Fact>> Journals => _journals;

    /// <summary>Every reported event in the order of arrival, including repetitions.</summary>
    public List<(string Journal, ReportedEvent Event)> Arrivals { get; } = [];

    public long Prefix(string journal)
    {
        var known = _journals.GetValueOrDefault(journal) ?? [];
        var seq = _passedOver.GetValueOrDefault(journal);
        while (known.ContainsKey(seq + 1))
        {
            seq++;
        }
        return seq;
    }

    /// <summary>Simulates a loss in the store: removes these events and begins a new epoch.</summary>
    public void Restart(string journal, Func<long, bool> isLost)
    {
        Epoch += "'";
        _passedOver.Remove(journal);
        foreach (var seq in _journals[journal].Keys.Where(isLost).ToList())
        {
            _journals[journal].Remove(seq);
        }
    }

    public UploadAnswer Take(EventUpload upload, Instant now)
    {
        ToldEpoch = upload.Epoch;
        Assert.InRange(upload.Events.Count, 1, EventUpload.MaxEvents);
        Assert.Equal(upload.Events.Select(one => one.Seq).Distinct().Order(), upload.Events.Select(one => one.Seq));
        if (!_journals.TryGetValue(upload.Journal, out var known))
        {
            _journals[upload.Journal] = known = [];
        }
        var answers = upload.Events.Select(one => Take(upload.Journal, known, one, now)).ToList();
        if (upload.KeptFrom is { } kept)
        {
            Assert.InRange(kept, 1, upload.Events[0].Seq);
            _passedOver[upload.Journal] = Math.Max(kept - 1, _passedOver.GetValueOrDefault(upload.Journal));
        }
        return new UploadAnswer
        {
            Time = now,
            Epoch = Epoch,
            ResendFrom = ResendFrom,
            AcknowledgedThrough = Prefix(upload.Journal),
            Answers = answers,
        };
    }

    private EventAnswer Take(string journal, SortedDictionary<long, Fact> known, ReportedEvent reported, Instant now)
    {
        Arrivals.Add((journal, reported));
        var scan = reported as ReportedScan;
        Assert.True(scan is null || scan.Code is null != scan.DecisionToken is null, "a scan has either its code or its token");
        if (known.TryGetValue(reported.Seq, out var fact))
        {
            return fact.Is(reported)
                ? new EventAnswer
                {
                    Seq = reported.Seq,
                    Outcome = scan is null ? EventOutcome.Recorded : EventOutcome.Decided,
                    Scan = fact.Answer,
                }
                : new EventAnswer { Seq = reported.Seq, Outcome = EventOutcome.Conflict, Error = "another content" };
        }
        if (ScanOf(reported) is { } followed && known.GetValueOrDefault(followed)?.Event is not ReportedScan)
        {
            return new EventAnswer { Seq = reported.Seq, Outcome = EventOutcome.Waiting, Error = $"scan {followed} is not known" };
        }
        var answer = scan is null ? null : scan.DecisionToken is { } token ? _tokens[token] : Decide(journal, scan, now);
        known[reported.Seq] = new Fact(reported, answer);
        return new EventAnswer { Seq = reported.Seq, Outcome = scan is null ? EventOutcome.Recorded : EventOutcome.Decided, Scan = answer };
    }

    private static long? ScanOf(ReportedEvent reported) => reported switch
    {
        ReportedAct act => act.Scan,
        ReportedIncident incident => incident.Scan,
        _ => null,
    };

    private ScanAnswer Decide(string journal, ReportedScan scan, Instant now)
    {
        var check = office.Verifier.Verify(scan.Code, now);
        var reason = scan.Local
            ?? (!check.IsAccepted ? (ScanReason)(int)check.Refusal
                : _used.Contains(check.CodeId) ? ScanReason.CodeUsed
                : ScanReason.Entered);
        var opens = reason.Opens();
        if (opens)
        {
            _used.Add(check.CodeId);
        }
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{journal}/{scan.Seq}")));
        return _tokens[token] = new ScanAnswer
        {
            Decision = opens ? GateDecision.Open : GateDecision.Refuse,
            Reason = reason,
            DecidedAt = now,
            Display = opens ? new("欢迎", "Welcome") : new("抱歉", "Sorry"),
            DecisionToken = token,
        };
    }
}
