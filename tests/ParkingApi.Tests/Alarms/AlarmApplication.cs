using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Alarms;
using Parking.Api.Hosting.Health;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.Occupancy;
using Parking.Contracts;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Alarms;

/// <summary>A service whose alarms are looked at step by step.</summary>
internal static class AlarmApplication
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lets time pass, and then everything happen that follows from it.</summary>
    public static async Task PassAsync(this ParkingApplication app, int seconds)
    {
        app.Time.Advance(TimeSpan.FromSeconds(seconds));
        await ProbeAsync(app.Services.GetRequiredService<StoreWatch>());
        await app.Services.GetRequiredService<FacilityLookout>().CatchUpAsync(Cancellation);
        await app.Services.GetRequiredService<AlarmWatch>().CatchUpAsync(Cancellation);
        await app.Services.GetRequiredService<OccupancyPump>().CatchUpAsync(Cancellation);
    }

    private static async Task ProbeAsync(StoreWatch store)
    {
        try
        {
            await store.CatchUpAsync(Cancellation);
        }
        catch (StoreUnavailableException)
        {
            // The watch has noted it.
        }
    }

    public static async Task<AlarmListAnswer> AlarmsAsync(this HttpClient client, string query = "") =>
        (await client.GetFromJsonAsync<AlarmListAnswer>($"/v1/alarms{query}", ContractJson.Options, Cancellation))!;

    public static async Task<AcknowledgedAlarm> AcknowledgeAsync(this HttpClient client, string id, long occurrence) =>
        Assert.Single((await client.AcknowledgeAsync(new SeenAlarm(id, occurrence))).Alarms);

    public static async Task<AcknowledgeAnswer> AcknowledgeAsync(this HttpClient client, params IReadOnlyList<SeenAlarm> alarms)
    {
        using var response = await client.PostAsJsonAsync(
            "/v1/alarms/acknowledge", new AcknowledgeRequest { Alarms = alarms }, ContractJson.Options, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<AcknowledgeAnswer>(ContractJson.Options, Cancellation))!;
    }

    public static Task<HttpResponseMessage> ShelveAsync(this HttpClient client, string id, string reason, NodaTime.Instant until) =>
        client.PostAsJsonAsync(
            $"/v1/alarms/{id}/shelve", new ShelveRequest { Reason = reason, Until = until }, ContractJson.Options, Cancellation);

    public static NodaTime.Instant Now(this ParkingApplication app) => NodaTime.Instant.FromDateTimeOffset(app.Time.GetUtcNow());

    /// <summary>A gate says that its barrier does not obey, or that it does again.</summary>
    public static Task<UploadAnswer> ReportAsync(this ParkingApplication app, string gate, long seq, GateIncident incident) =>
        app.UploadAsync(gate, new ReportedIncident { Seq = seq, DeviceTime = app.Now(), Incident = incident });

    /// <summary>A screen in a scope. The service listens on Kestrel.</summary>
    public static async Task<OccupancyListener> WatchAsync(this ParkingApplication app, string scope, params IReadOnlyList<string> duties)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(app.ClientOptions.BaseAddress, OccupancyHub.Path),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(app.TokenFor("operator-1", duties)))
            .AddJsonProtocol(options => GateProtocolJson.Configure(options.PayloadSerializerOptions))
            .Build();
        var screen = new OccupancyListener(connection, new ConcurrentQueue<string>());
        await connection.StartAsync(Cancellation);
        await connection.InvokeAsync("Subscribe", scope, Cancellation);
        return screen;
    }

    /// <summary>What a screen has heard of alarms: each alarm with its state, in the order of hearing.</summary>
    public static IReadOnlyList<string> AlarmsHeard(this OccupancyListener screen) =>
    [
        .. screen.Changes.SelectMany(update => update.Alarms)
            .Select(alarm => $"{alarm.Id} {JsonNamingPolicy.SnakeCaseLower.ConvertName(alarm.State.ToString())}"),
    ];
}
