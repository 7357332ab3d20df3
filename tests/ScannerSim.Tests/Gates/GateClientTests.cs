using System.Net;
using NodaTime;
using Parking.GateProtocol;
using Parking.ScannerSim.Gates;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateClientTests : IDisposable
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly ScanRequest Scan = new()
    {
        Journal = "0123456789abcdef",
        Seq = 7,
        DeviceTime = Instant.FromUtc(2026, 11, 24, 8, 0),
        Code = "SP1:SECRET",
    };

    // An attempt's timeout unlike any wait between attempts, so that the fake clock can tell them apart.
    private static readonly GateClientOptions Patience = new() { AttemptTimeout = TimeSpan.FromMilliseconds(2345) };

    private readonly RecordingTime _time = new(Patience.AttemptTimeout);
    private readonly FakeService _service = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Post_Answered_GivesTheAnswerAndTheTimes()
    {
        _service.ThenAnswer(Answers.Open, "cache;desc=x, decide;dur=1.25");

        var exchange = await Client().PostAsync(Scan, Cancellation);

        Assert.Equal(Answers.Open, exchange.Answer);
        Assert.Equal(1, exchange.Attempts);
        Assert.Equal(TimeSpan.FromMilliseconds(1.25), exchange.Decide);
        Assert.Equal($"Gate {Key}", _service.LastAuthorization);
        Assert.StartsWith("/v1/gates/north-in-1/scans {", _service.Received[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnsweredWithAFeeAndMembersOfALaterService_ReadsWhatItKnows()
    {
        _service.ThenJson(
            """
            { "decision": "open", "reason": "exited", "decidedAt": "2026-11-24T08:00:00Z", "weather": { "rain": true },
              "fee": { "currency": "CNY", "total": 2500, "payBy": "soon", "lines": [ { "text": { "zh": "A", "en": "B", "fr": "C" }, "amount": 2500 } ] },
              "display": { "zh": "A", "en": "B" }, "acknowledgedThrough": 1 }
            """);

        var answer = (await Client().PostAsync(Scan, Cancellation)).Answer;

        Assert.Equal(new Fee { Currency = "CNY", Total = 2500, Lines = [new() { Text = new("A", "B"), Amount = 2500 }] }, answer.Fee);
    }

    [Fact]
    public async Task Post_BreaksHangsAndOverload_RepeatsTheSameContentUntilAnswered()
    {
        _service.ThenBreak().ThenHang(() => _time.Advance(Patience.AttemptTimeout)).ThenStatus(HttpStatusCode.InternalServerError).ThenStatus(HttpStatusCode.TooManyRequests).ThenAnswer(Answers.Open);

        var exchange = await Client().PostAsync(Scan, Cancellation);

        Assert.Equal(5, exchange.Attempts);
        Assert.Equal(5, _service.Received.Count);
        Assert.Single(_service.Received.Distinct());
    }

    [Fact]
    public async Task Post_UnavailableWithRetryAfter_WaitsThatLong()
    {
        _service.ThenStatus(HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3)).ThenAnswer(Answers.Open);

        var started = _time.GetTimestamp();
        var exchange = await Client().PostAsync(Scan, Cancellation);

        Assert.Equal(2, exchange.Attempts);
        Assert.Contains(TimeSpan.FromSeconds(3), _time.Waits);
        Assert.True(_time.GetElapsedTime(started) >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Post_UnavailableAndSilent_WaitsLongerEachTime()
    {
        _service.ThenBreak().ThenBreak().ThenBreak().ThenAnswer(Answers.Open);

        await Client().PostAsync(Scan, Cancellation);

        Assert.Equal([100, 200, 400], _time.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task Post_RetryAfterBeyondTheBudget_GivesUpAtOnce()
    {
        _service.ThenStatus(HttpStatusCode.ServiceUnavailable, TimeSpan.FromMinutes(1));

        var error = await Assert.ThrowsAsync<ScanFailedException>(() => Client().PostAsync(Scan, Cancellation));

        Assert.Contains("HTTP 503", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NeverAnswered_GivesUpWithinTheBudget()
    {
        for (var i = 0; i < 100; i++)
        {
            _service.ThenBreak();
        }
        var started = _time.GetTimestamp();

        await Assert.ThrowsAsync<ScanFailedException>(() => Client().PostAsync(Scan, Cancellation));

        Assert.True(_time.GetElapsedTime(started) <= Patience.Budget);
        Assert.InRange(_service.Received.Count, 5, 20);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Post_NotTakenAsItIs_IsNotRepeatedAndNamesTheProblem(HttpStatusCode status)
    {
        _service.ThenStatus(status, body: """{"type":"urn:parking:some-problem","detail":"Some detail."}""");

        var error = await Assert.ThrowsAsync<ScanFailedException>(() => Client().PostAsync(Scan, Cancellation));

        Assert.Contains("urn:parking:some-problem: Some detail.", error.Message, StringComparison.Ordinal);
        Assert.Single(_service.Received);
    }

    [Fact]
    public async Task Post_Fails_MessageHoldsNeitherCodeNorKey()
    {
        _service.ThenStatus(HttpStatusCode.BadRequest);

        var error = await Assert.ThrowsAsync<ScanFailedException>(() => Client().PostAsync(Scan, Cancellation));

        Assert.DoesNotContain(Scan.Code, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnswerWithANewMember_IsReadAllTheSame()
    {
        _service.ThenJson("""
            {"decision":"open","reason":"entered","decidedAt":"2026-11-24T08:00:00Z","display":{"zh":"欢迎","en":"Welcome"},"acknowledgedThrough":1,"later":1}
            """);

        Assert.Equal(Answers.Open, (await Client().PostAsync(Scan, Cancellation)).Answer);
    }

    private GateClient Client() => new(_service.CreateClient(), "north-in-1", Key, Patience, _time);
}
