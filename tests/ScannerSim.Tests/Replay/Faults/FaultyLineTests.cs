using System.Net;
using NodaTime;
using Parking.Optics;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Faults;

namespace Parking.ScannerSim.Tests.Replay.Faults;

public sealed class FaultyLineTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 5, 4, 12, 0);

    private readonly VirtualTime _time = new(Noon);
    private readonly FaultyLine _line;
    private readonly HttpClient _http;
    private HttpStatusCode _answer = HttpStatusCode.ServiceUnavailable;
    private int _arrived;

    public FaultyLineTests()
    {
        _line = LineOf(FaultProfile.None);
        _http = new(_line, disposeHandler: false);
    }

    public void Dispose()
    {
        _http.Dispose();
        _line.Dispose();
    }

    [Fact]
    public async Task Error_WithoutAnOutage_IsTheServicesOwn() => Assert.Equal(FaultReach.None, await AskAsync());

    [Fact]
    public async Task Error_DuringAnOutage_IsInjected()
    {
        _line.OutageUntil = Noon;

        Assert.Equal(FaultReach.ServiceDown, await AskAsync());
    }

    /// <summary>On a quiet day, hours of the trace pass while a store is connected again.</summary>
    [Fact]
    public async Task Error_LongAfterAnOutage_IsInjectedUntilTheServiceHasAnswered()
    {
        _line.OutageUntil = Noon;
        _time.Now = Noon + Duration.FromHours(1);

        Assert.Equal(FaultReach.ServiceDown, await AskAsync());
        Assert.Equal(FaultReach.ServiceDown, await AskAsync());
        _answer = HttpStatusCode.OK;
        Assert.Equal(FaultReach.None, await AskAsync());
        _answer = HttpStatusCode.ServiceUnavailable;
        Assert.Equal(FaultReach.None, await AskAsync());
    }

    /// <summary>
    /// A request that was on the way for an hour would date what is in it an hour late: the service relies on two minutes at most.
    /// </summary>
    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public async Task OvertakenRequest_ArrivesWithinTwoMinutesOrNever(int seconds, bool arrives)
    {
        using var line = LineOf(FaultProfile.None with { Reorder = 1 });
        using var http = new HttpClient(line, disposeHandler: false);
        _answer = HttpStatusCode.OK;

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(http));
        line.IsCalm = true;
        _time.Now = Noon + Duration.FromSeconds(seconds);
        (await GetAsync(http)).Dispose();

        Assert.Equal(arrives ? 2 : 1, _arrived);
    }

    [Fact]
    public async Task OvertakenRequest_IsLostIfTheLineIsCut()
    {
        using var line = LineOf(FaultProfile.None with { Delay = 1 });
        using var http = new HttpClient(line, disposeHandler: false);

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(http));
        (line.IsCut, _time.Now) = (true, line.NextDue!.Value);
        await line.DeliverAsync(TestContext.Current.CancellationToken);
        line.IsCut = false;
        await line.DeliverAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, null), (_arrived, line.NextDue));
    }

    private FaultyLine LineOf(FaultProfile profile) =>
        new(profile, new SeededRandom(1, "line", 0), _time, _ => { }) { InnerHandler = new Answering(Answer) };

    private HttpStatusCode Answer()
    {
        _arrived++;
        return _answer;
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient http) =>
        http.GetAsync("http://service/", TestContext.Current.CancellationToken);

    private async Task<FaultReach> AskAsync()
    {
        _line.Reached = FaultReach.None;
        using var answer = await GetAsync(_http);
        return _line.Reached;
    }

    private sealed class Answering(Func<HttpStatusCode> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(answer()));
    }
}
