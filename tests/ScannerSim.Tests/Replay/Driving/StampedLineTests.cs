using System.Net;
using NodaTime;
using Parking.Simulation.Replay.Driving;

namespace Parking.ScannerSim.Tests.Replay.Driving;

/// <summary>Every request of a replay carries its virtual time.</summary>
public sealed class StampedLineTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 5, 4, 12, 0);

    [Fact]
    public async Task Send_OneRequestTwice_SaysTheTimeOfEachSending()
    {
        var time = new VirtualTime(Noon);
        using var service = new Service();
        using var line = new StampedLine(time) { InnerHandler = service };
        using var sender = new HttpMessageInvoker(line);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");

        (await sender.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        time.Now = Noon + Duration.FromMilliseconds(1500);
        (await sender.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal([["2026-05-04T12:00:00Z"], ["2026-05-04T12:00:01.5Z"]], service.Heard);
    }

    private sealed class Service : HttpMessageHandler
    {
        public List<string[]> Heard { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Heard.Add([.. request.Headers.GetValues("Simulation-Time")]);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
