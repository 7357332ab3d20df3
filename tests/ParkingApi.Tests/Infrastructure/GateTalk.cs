using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>What gates ask and say besides their events, and what operators ask about gates, over HTTP.</summary>
internal static class GateTalk
{
    public const string Journal = "00000000000000aa";

    private const int LooksASecond = 8;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A heartbeat, which is expected to be answered.</summary>
    public static async Task<HeartbeatAnswer> BeatAsync(this ParkingApplication app, string gate, long lastSeq = 0, string? epoch = null)
    {
        using var client = app.GateClient(gate);
        var heartbeat = new Heartbeat
        {
            Journal = Journal,
            LastSeq = lastSeq,
            Epoch = epoch,
            DeviceTime = Instant.FromDateTimeOffset(app.Time.GetUtcNow()),
        };
        using var response = await client.PostAsJsonAsync(
            $"/v1/gates/{gate}/heartbeats", heartbeat, GateProtocolJson.Options, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<HeartbeatAnswer>(GateProtocolJson.Options, Cancellation))!;
    }

    public static async Task<HttpResponseMessage> GetFeedAsync(this ParkingApplication app, string gate, EntityTagHeaderValue? known = null)
    {
        using var client = app.GateClient(gate);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/gates/{gate}/feed");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await client.SendAsync(request, Cancellation);
    }

    public static async Task<GateFeed> FeedAsync(this ParkingApplication app, string gate)
    {
        using var response = await app.GetFeedAsync(gate);
        return (await response.Content.ReadFromJsonAsync<GateFeed>(GateProtocolJson.Options, Cancellation))!;
    }

    public static async Task<JsonElement> AskAsync(this ParkingApplication app, string path)
    {
        using var client = app.OperatorClient();
        return await client.GetFromJsonAsync<JsonElement>(path, Cancellation);
    }

    /// <summary>One gate, as operators see it.</summary>
    public static async Task<JsonElement> GateAsync(this ParkingApplication app, string gate) =>
        (await app.AskAsync("/v1/gates"))
            .GetProperty("gates").EnumerateArray()
            .Single(found => found.GetProperty("id").GetString() == gate);

    public static async Task<JsonElement> OccupancyOfAsync(this ParkingApplication app, string facility) =>
        (await app.AskAsync($"/v1/facilities/{facility}")).GetProperty("occupancy");

    public static async Task CloseAsync(this ParkingApplication app, string facility, bool isClosed = true)
    {
        using var client = app.OperatorClient();
        using var response = await client.PutAsJsonAsync($"/v1/facilities/{facility}/state", new { closed = isClosed }, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<HttpResponseMessage> RevokeAsync(this ParkingApplication app, string key)
    {
        using var client = app.OperatorClient();
        return await client.PostAsync($"/v1/keys/{key}/revoke", null, Cancellation);
    }

    /// <summary>
    /// Lets the service's clock go on, second by second, until something is so. What the clock sets going runs on other threads:
    /// each second is given a moment of the machine's time, and the last one as much as the machine needs.
    /// </summary>
    /// <returns>How long it took by that clock.</returns>
    public static async Task<TimeSpan> PassUntilAsync(this ParkingApplication app, TimeSpan atMost, Func<Task<bool>> condition)
    {
        var step = TimeSpan.FromSeconds(1);
        for (var passed = TimeSpan.Zero; passed <= atMost; passed += step)
        {
            for (var look = 0; look < LooksASecond; look++)
            {
                if (await condition())
                {
                    return passed;
                }

                await Task.Delay(LookEvery, TestContext.Current.CancellationToken);
            }

            app.Time.Advance(step);
        }

        using var limit = Patience.Start();
        while (!await condition())
        {
            await Task.Delay(LookEvery, limit.Token);
        }

        return atMost;
    }
}
