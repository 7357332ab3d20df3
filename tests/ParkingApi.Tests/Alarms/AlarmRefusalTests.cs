using System.Net;
using System.Text;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Alarms;

/// <summary>Requests about alarms that make no sense.</summary>
public sealed class AlarmRefusalTests(SharedApplication shared) : IClassFixture<SharedApplication>, IDisposable
{
    private const string Fault = "exit_barrier_fault:hsp-out-1";

    private readonly ParkingApplication _app = shared.App;
    private readonly HttpClient _operator = shared.App.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("?state=full", "state")]
    [InlineData("?priority=high", "priority")]
    public async Task List_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        using var refused = await _operator.GetAsync($"/v1/alarms{query}", Cancellation);

        await AssertNamesAsync(refused, member);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"id":null,"occurrence":1}""")]
    [InlineData("""{"id":"store_unreachable"}""")]
    [InlineData("""{"id":"store_unreachable","occurrence":0}""")]
    public async Task Acknowledging_ThatMakesNoSense_NamesTheMember(string alarms)
    {
        using var body = new StringContent($$"""{"alarms":[{{alarms}}]}""", Encoding.UTF8, "application/json");

        using var refused = await _operator.PostAsync("/v1/alarms/acknowledge", body, Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Contains("alarms", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok", 60, "reason")]
    [InlineData("two\nlines", 60, "reason")]
    [InlineData("\u202E\u200B\u3164", 60, "reason")]
    [InlineData("road works", 0, "until")]
    [InlineData("road works", 86_461, "until")]
    public async Task Shelving_ThatMakesNoSense_NamesTheMember(string reason, int seconds, string member)
    {
        using var refused = await _operator.ShelveAsync(Fault, reason, _app.Now() + NodaTime.Duration.FromSeconds(seconds));

        await AssertNamesAsync(refused, member);
    }

    /// <summary>A screen that asks for 24 hours by its own clock is not refused for the seconds by which that is ahead.</summary>
    [Fact]
    public async Task Shelving_ForADay_ByAClockThatIsAhead_IsNotRefusedForThat()
    {
        using var answer = await _operator.ShelveAsync(Fault, "road works", _app.Now() + NodaTime.Duration.FromSeconds(86_405));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.NotFound, "alarm-not-found");
    }

    [Fact]
    public async Task Shelving_WhatNeverWas_IsA404()
    {
        using var refused = await _operator.ShelveAsync(Fault, "road works", _app.Now() + NodaTime.Duration.FromMinutes(1));
        using var again = await _operator.PostAsync("/v1/alarms/none/unshelve", null, Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "alarm-not-found");
        await ProblemAssert.IsAsync(again, HttpStatusCode.NotFound, "alarm-not-found");
    }

    private static async Task AssertNamesAsync(HttpResponseMessage refused, string member)
    {
        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }
}
