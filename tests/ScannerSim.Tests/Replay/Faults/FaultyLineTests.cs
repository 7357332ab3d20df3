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

    public FaultyLineTests()
    {
        _line = new(FaultProfile.None, new SeededRandom(1, "line", 0), _time, _ => { }) { InnerHandler = new Answering(() => _answer) };
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

    private async Task<FaultReach> AskAsync()
    {
        _line.Reached = FaultReach.None;
        using var answer = await _http.GetAsync("http://service/", TestContext.Current.CancellationToken);
        return _line.Reached;
    }

    private sealed class Answering(Func<HttpStatusCode> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(answer()));
    }
}
