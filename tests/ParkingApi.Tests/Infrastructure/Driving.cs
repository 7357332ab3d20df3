using System.Net.Http.Json;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>What drivers and gates do, over HTTP.</summary>
internal static class Driving
{
    public const string Journal = "00000000000000aa";

    /// <summary>A citizen's fresh code, which is noted as a secret.</summary>
    public static async Task<string> FetchCodeAsync(this ParkingApplication app, string citizen, string? plate = null)
    {
        using var phone = app.CitizenClient(citizen);
        return await app.FetchCodeAsync(phone, plate);
    }

    /// <summary>A fresh code of whoever's phone it is, which is noted as a secret.</summary>
    public static async Task<string> FetchCodeAsync(this ParkingApplication app, HttpClient phone, string? plate)
    {
        var response = await phone.PostAsJsonAsync("/v1/codes", new { plate }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return app.Secrets.Add(answer.GetProperty("code").GetString()!);
    }

    public static ReportedScan Scan(this ParkingApplication app, string code, long seq) =>
        new() { Seq = seq, DeviceTime = NodaTime.Instant.FromDateTimeOffset(app.Time.GetUtcNow()), Code = code };

    /// <summary>Posts one upload of the gate's journal.</summary>
    public static async Task<HttpResponseMessage> PostEventsAsync(
        this ParkingApplication app, string gate, params IReadOnlyList<ReportedEvent> events)
    {
        using var client = app.GateClient(gate);
        var upload = new EventUpload { Journal = Journal, Events = events };
        return await client.PostAsJsonAsync(
            $"/v1/gates/{gate}/events", upload, GateProtocolJson.Options, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts one upload and expects it to be answered.</summary>
    public static async Task<UploadAnswer> UploadAsync(this ParkingApplication app, string gate, params IReadOnlyList<ReportedEvent> events)
    {
        var response = await app.PostEventsAsync(gate, events);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<UploadAnswer>(GateProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Posts a scan and expects it to be answered.</summary>
    public static async Task<ScanAnswer> ScanAsync(this ParkingApplication app, string gate, ReportedScan scan) =>
        Assert.Single((await app.UploadAsync(gate, scan)).Answers).Scan!;

    /// <summary>A citizen shows a fresh code at a gate.</summary>
    public static async Task<ScanAnswer> DriveAsync(
        this ParkingApplication app, string gate, string citizen, long seq, string? plate = null) =>
        await app.ScanAsync(gate, app.Scan(await app.FetchCodeAsync(citizen, plate), seq));
}
