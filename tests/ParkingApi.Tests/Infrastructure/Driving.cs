using System.Net.Http.Json;
using System.Text.Json;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>What drivers and gates do, over HTTP.</summary>
internal static class Driving
{
    private const string Journal = "00000000000000aa";

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

    public static ScanRequest Scan(this ParkingApplication app, string code, long seq) =>
        new() { Journal = Journal, Seq = seq, DeviceTime = NodaTime.Instant.FromDateTimeOffset(app.Time.GetUtcNow()), Code = code };

    public static async Task<HttpResponseMessage> PostScanAsync(this ParkingApplication app, string gate, ScanRequest scan)
    {
        using var client = app.GateClient(gate);
        return await client.PostAsJsonAsync($"/v1/gates/{gate}/scans", scan, GateProtocolJson.Options, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts a scan and expects it to be answered.</summary>
    public static async Task<ScanAnswer> ScanAsync(this ParkingApplication app, string gate, ScanRequest scan)
    {
        var response = await app.PostScanAsync(gate, scan);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ScanAnswer>(GateProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    /// <summary>A citizen shows a fresh code at a gate.</summary>
    public static async Task<ScanAnswer> DriveAsync(this ParkingApplication app, string gate, string citizen, long seq, string? plate = null) =>
        await app.ScanAsync(gate, app.Scan(await app.FetchCodeAsync(citizen, plate), seq));
}
