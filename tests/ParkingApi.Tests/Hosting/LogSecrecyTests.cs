using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

public sealed class LogSecrecyTests
{
    [Fact]
    public async Task Log_OfEverythingAtTrace_HasNoCodeTokenKeyCitizenOrEntitlementInIt()
    {
        using var app = new ParkingApplication().OnKestrel();
        var cancellationToken = TestContext.Current.CancellationToken;
        using var citizen = app.CitizenClient("zhang-310101199001011234", app.Secrets.Add("disabled-badge"));
        using var gate = app.GateClient("hsp-in-1");
        using var otherGate = app.GateClient("yuyuan-in-1");
        using var stranger = app.AnonymousClient();

        // Ways in which things are said: to the right address and the wrong one, well-formed and not, in headers, bodies and queries.
        var plate = app.Secrets.Add("沪A98765");
        await citizen.PutAsJsonAsync("/v1/me/vehicles", new { vehicles = new[] { new { plate, @class = "car" } } }, cancellationToken);
        await citizen.PutAsJsonAsync("/v1/me/vehicles", new { vehicles = new[] { new { plate, @class = 7 } } }, cancellationToken);
        using var minted = await citizen.PostAsJsonAsync("/v1/codes", new { plate }, cancellationToken);
        var code = app.Secrets.Add((await minted.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("code").GetString()!);
        await citizen.PostAsJsonAsync("/v1/codes", new { plate = code }, cancellationToken);
        var scan = new { journal = "9f2c4e1ab03d5577", seq = 1, deviceTime = "2026-05-04T08:30:16Z", code };
        await gate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan, cancellationToken);
        await gate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan, cancellationToken);
        await gate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan with { deviceTime = "2026-05-04T08:30:17Z" }, cancellationToken);
        await gate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan with { seq = 2, code = code[..^1] }, cancellationToken);
        await gate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan with { seq = 0 }, cancellationToken);
        await otherGate.PostAsJsonAsync("/v1/gates/hsp-in-1/scans", scan, cancellationToken);
        await stranger.PostAsync($"/hubs/occupancy/negotiate?access_token={app.TokenFor("olga-310102", "operator")}", null, cancellationToken);
        await stranger.PostAsync($"/hubs/occupancy/negotiate?access_token={app.TokenFor("zhang-310101199001011234")}", null, cancellationToken);
        await citizen.GetAsync("/v1/me/stays", cancellationToken);

        Assert.True(app.Log.Lines.Count > 100, "The log is not at Trace.");
        Assert.Contains(app.Log.Lines, line => line.Contains("ScanDecided", StringComparison.Ordinal));
        app.Secrets.AssertNoneIn(app.Log.Lines);
    }

    [Fact]
    public void Collector_WithASecretInAText_Fails()
    {
        var secrets = new SecretCollector();
        secrets.Add("SP1:ABC");

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => secrets.AssertNoneIn(["code was sp1:abc"]));
        secrets.AssertNoneIn(["nothing here"]);
    }
}
