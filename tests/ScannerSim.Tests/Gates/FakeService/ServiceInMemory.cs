using System.Globalization;
using System.Net;
using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.Codes.Devices;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.Journal;

namespace Parking.ScannerSim.Tests.Gates.FakeService;

/// <summary>A service in this process that implements the whole protocol. Tests choose the network fault of each request.</summary>
internal sealed class ServiceInMemory : HttpMessageHandler
{
    private readonly TimeProvider _time;
    private readonly JsonElement _keys, _certificateKeys;

    public ServiceInMemory(TimeProvider time, CodeOffice office)
    {
        _time = time;
        Office = office;
        Books = new Books(office);
        _keys = JsonElement.Parse(office.Listed.ToJwks());
        _certificateKeys = JsonElement.Parse(office.ListedForCertificates.ToJwks());
    }

    public CodeOffice Office { get; }

    public Books Books { get; }

    public FacilityState State { get; set; } = FacilityState.Open;

    public OfflineRules Rules { get; set; } = new() { Policy = OfflinePolicy.Open, OpeningsPerHour = 1000 };

    /// <summary>The direction in the feed; null as from a service that does not say it.</summary>
    public GateDirection? Direction { get; set; }

    /// <summary>How long an expired code lets people out, in the feed; null as from a service that does not say it.</summary>
    public int? LateExitHours { get; set; }

    /// <summary>Whether it is a service that knows codes of devices.</summary>
    public bool KnowsDevices { get; set; } = true;

    /// <summary>The list of revoked certificates. It answers two at a time.</summary>
    public List<GateRevocation> Revocations { get; } = [];

    /// <summary>The largest number of that list that was ever given.</summary>
    public long NewestRevocation { get; set; }

    /// <summary>Puts a phone's certificate on the list of revoked ones.</summary>
    public void Revoke(DeviceCertificate certificate) => Revocations.Add(new()
    {
        Number = ++NewestRevocation,
        Digest = certificate.Id.Digest.ToString("x16", CultureInfo.InvariantCulture),
        ExpiresAt = certificate.ExpiresAt,
    });

    public string FeedTag => $"\"{LateExitHours}-{Direction}-{State}-{Rules.Policy}-{Rules.OpeningsPerHour}\"";

    /// <summary>Determines what happens to a request, by the last part of its path.</summary>
    public Func<string, Trouble> Cable { get; set; } = _ => Trouble.None;

    /// <summary>Called while a request hangs. A test can advance its clock here.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>The commands that wait; null from a service that knows none.</summary>
    public Func<GateCommandList>? Commands { get; set; }

    /// <summary>Answers a claim.</summary>
    public Func<CommandClaim, CommandClaimAnswer> Grant { get; set; } = _ => throw new InvalidOperationException("No command waits.");

    /// <summary>What a later service says instead of this one's JSON.</summary>
    public Func<string, string> Later { get; set; } = json => json;

    /// <summary>The paths and bodies of the received requests.</summary>
    public List<(string Path, string Body)> Requests { get; } = [];

    /// <summary>The queries of the received requests.</summary>
    public List<string> Queries { get; } = [];

    public HashSet<string> Authorizations { get; } = [];

    public Instant Now => _time.GetUtcNow().ToInstant();

    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service.invalid") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var last = path.Split('/')[^1];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None);
        var trouble = Cable(last);
        Requests.Add((path, body));
        Queries.Add(request.RequestUri.Query);
        Authorizations.Add($"{request.Headers.Authorization}");
        switch (trouble)
        {
            case Trouble.Lost:
                throw new HttpRequestException("the cable is cut");
            case Trouble.PowerFailsBefore:
                throw new PowerFailure();
            case Trouble.Busy:
                var busy = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("{}") };
                busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
                return busy;
        }
        var response = Answer(last, request.RequestUri.Query, body, $"{request.Headers.IfNoneMatch}");
        switch (trouble)
        {
            case Trouble.AnswerLost:
                throw new HttpRequestException("the cable broke");
            case Trouble.PowerFailsAfter:
                throw new PowerFailure();
            case Trouble.Hangs:
                Meanwhile();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }
        return response;
    }

    private HttpResponseMessage Answer(string call, string query, string body, string known) => call switch
    {
        "events" => Take(Read<EventUpload>(body)),
        "heartbeats" => Beat(Read<Heartbeat>(body)),
        "feed" when known == FeedTag => new HttpResponseMessage(HttpStatusCode.NotModified),
        "feed" => Feed(),
        "revocations" when KnowsDevices => RevocationsAfter(long.Parse(query["?after=".Length..], CultureInfo.InvariantCulture)),
        "commands" => Commands is { } waiting ? Json(HttpStatusCode.OK, waiting()) : new(HttpStatusCode.NotFound),
        "claims" => Json(HttpStatusCode.OK, Grant(Read<CommandClaim>(body))),
        _ => new HttpResponseMessage(HttpStatusCode.NotFound),
    };

    private HttpResponseMessage Beat(Heartbeat heartbeat)
    {
        Books.ToldEpoch = heartbeat.Epoch;
        return Json(HttpStatusCode.OK, new HeartbeatAnswer
        {
            Time = Now,
            Epoch = Books.Epoch,
            ResendFrom = Books.ResendFrom,
            AcknowledgedThrough = Books.Prefix(heartbeat.Journal),
            Feed = FeedTag,
            Revocations = KnowsDevices ? NewestRevocation : null,
        });
    }

    private HttpResponseMessage RevocationsAfter(long number) => Json(HttpStatusCode.OK, new GateRevocations
    {
        Epoch = Books.Epoch,
        Entries = [.. Revocations.Where(entry => entry.Number > number).Take(2)],
        Newest = NewestRevocation,
    });

    private HttpResponseMessage Take(EventUpload upload)
    {
        var answer = Books.Take(upload, Now);
        return answer.Answers.Any(one => one.Outcome == EventOutcome.Conflict)
            ? Json(HttpStatusCode.Conflict, new { Type = "urn:parking:event-conflict", Title = "Conflict", Status = 409, Answer = answer })
            : Json(HttpStatusCode.OK, answer);
    }

    private HttpResponseMessage Feed()
    {
        var response = Json(HttpStatusCode.OK, new GateFeed
        {
            Facility = "north",
            Direction = Direction,
            State = State,
            Keys = _keys,
            CertificateKeys = KnowsDevices ? _certificateKeys : null,
            RevokedKeys = Office.RevokedKeys,
            SkewSeconds = 30,
            Offline = Rules,
            LateExitHours = LateExitHours,
            AnswerBudgetMilliseconds = 800,
            HeartbeatSeconds = 10,
            KeepEventsHours = 24,
        });
        response.Headers.ETag = new(FeedTag);
        return response;
    }

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, GateProtocolJson.Options)!;

    private HttpResponseMessage Json<T>(HttpStatusCode status, T value) => new(status)
    {
        Content = new StringContent(
            Later(JsonSerializer.Serialize(value, GateProtocolJson.Options)), System.Text.Encoding.UTF8, "application/json"),
    };
}
