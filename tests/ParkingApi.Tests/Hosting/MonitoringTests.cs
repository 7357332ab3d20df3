using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Microsoft.Extensions.Logging.Abstractions;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

public sealed class MonitoringTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_WherePrometheusMayRead_HaveWhatTheCityIsLike()
    {
        using var app = new ParkingApplication(("OpenTelemetry:Prometheus", "true"));
        await app.BeatAsync("hsp-in-1");
        using var client = app.AnonymousClient();

        var metrics = await client.GetStringAsync("/metrics", Cancellation);

        foreach (var name in new[] { "parking_vehicles", "parking_facilities_unknown", "parking_gates_silent", "parking_key_age" })
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("hsp", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WithoutTheSetting_AreNotThere()
    {
        using var app = new ParkingApplication();
        using var client = app.AnonymousClient();

        using var response = await client.GetAsync("/metrics", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Receiver_OfOtlp_IsSentMetricsAndASpanOfEachRequestWithoutSecrets()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        string token;
        using (var app = new ParkingApplication(
            ("OpenTelemetry:Endpoint", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            token = app.TokenFor("alice-310101");
            using var gate = app.GateClient("hsp-in-1");
            using var fed = await gate.GetAsync("/v1/gates/hsp-in-1/feed", Cancellation);
            using var anybody = app.AnonymousClient();
            using var refused = await anybody.GetAsync($"/hubs/driver?id=none&access_token={token}", Cancellation);

            // A request is counted when it is over, which can be after its answer has come.
            var metrics = app.Services.GetRequiredService<MeterProvider>();
            await Patience.UntilAsync(() => metrics.ForceFlush()
                && receiver.TextOf("/v1/metrics").Contains("http.server.request.duration", StringComparison.Ordinal));

            // The end of the service sends what is left, but does not wait long for the receiver.
            var spans = app.Services.GetRequiredService<TracerProvider>();
            await Patience.UntilAsync(() => spans.ForceFlush()
                && receiver.TextOf("/v1/traces").Contains("GET /hubs/driver", StringComparison.Ordinal));
        }

        var traces = receiver.TextOf("/v1/traces");
        Assert.Multiple(
            () => Assert.Contains("GET /v1/gates/{gateId}/feed", traces, StringComparison.Ordinal),
            () => Assert.Contains("GET /hubs/driver", traces, StringComparison.Ordinal),
            () => Assert.Contains("http.response.status_code", traces, StringComparison.Ordinal),
            () => Assert.DoesNotContain(token, traces, StringComparison.Ordinal),
            () => Assert.DoesNotContain(token, receiver.TextOf("/v1/metrics"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("li-ming", "li-ming")]
    [InlineData("li\nming ", "liming")]
    [InlineData("", "unnamed")]
    [InlineData("\u3164", "unnamed")]
    [InlineData(null, "unnamed")]
    public void Staff_OfAToken_IsItsClaimAndNothingElse(string? claim, string expected)
    {
        var identity = new ClaimsIdentity([new("sub", "operator-310101")]);
        if (claim is not null)
        {
            identity.AddClaim(new(Staff.Claim, claim));
        }

        Assert.Equal(expected, Staff.Of(new(identity), new(new([], [], []), NullLogger<DutyReader>.Instance)).Name);
    }

    /// <summary>A citizen code may never reach the log, not even that of an operator.</summary>
    [Fact]
    public async Task Log_OfWhatAnOperatorDid_NamesThemByStaffAlone()
    {
        using var app = new ParkingApplication();
        using var client = app.OperatorClient("operator-310101");

        using var rebuilt = await client.PostAsync("/v1/facilities/hsp/rebuild", null, Cancellation);

        Assert.Equal(HttpStatusCode.OK, rebuilt.StatusCode);
        Assert.Contains(app.Log.Lines, line => line.Contains("Operator unnamed had the spaces of hsp rebuilt", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("operator-310101", StringComparison.Ordinal));
    }
}
