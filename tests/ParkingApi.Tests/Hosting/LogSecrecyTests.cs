using System.Net.Http.Json;
using System.Text;
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

        // Many ways to send a secret: to the right address and the wrong one, well-formed and not, in headers, bodies and queries.
        var plate = app.Secrets.Add("沪A98765");
        await citizen.PutAsJsonAsync("/v1/me/vehicles", new { vehicles = new[] { new { plate, @class = "car" } } }, cancellationToken);
        await citizen.PutAsJsonAsync("/v1/me/vehicles", new { vehicles = new[] { new { plate, @class = 7 } } }, cancellationToken);
        using var minted = await citizen.PostAsJsonAsync("/v1/codes", new { plate }, cancellationToken);
        var code = app.Secrets.Add(
            (await minted.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("code").GetString()!);
        await citizen.PostAsJsonAsync("/v1/codes", new { plate = code }, cancellationToken);
        var scan = new { type = "scan", seq = 1, deviceTime = "2026-05-04T08:30:16Z", code };
        object[] shown =
        [
            scan, scan, scan with { deviceTime = "2026-05-04T08:30:17Z" }, scan with { seq = 2, code = code[..^1] }, scan with { seq = 0 },
            scan with { seq = 3, deviceTime = code }, scan with { seq = 4, type = code }, Event(5, "code", new[] { code }),
            Event(6, code, 1), Event(7, "decisionToken", code),
            Event(8, "local", code), Event(9, "code", new Dictionary<string, object> { [code] = code }), Event(10, "clockOffset", code),
            Event(11, "act", code),
            Event(12, "closes", new[] { code }),
        ];
        var answers = new List<string>();
        foreach (var one in shown)
        {
            answers.Add(await PostAsync(gate, one));
        }

        await PostAsync(otherGate, scan);
        await stranger.PostAsync(
            $"/hubs/occupancy/negotiate?access_token={app.TokenFor("olga-310102", ["watch@city"])}", null, cancellationToken);
        await stranger.PostAsync(
            $"/hubs/occupancy/negotiate?access_token={app.TokenFor("zhang-310101199001011234")}", null, cancellationToken);
        await citizen.GetAsync("/v1/me/stays", cancellationToken);
        var invited = await app.InviteAsync("zhang-310101199001011234", plate);
        await app.TryAcceptAsync("olga-310102", invited.Invitation);
        await app.SharedWithAsync("olga-310102");
        await app.LeaveAsync("olga-310102", invited.Share);
        await citizen.GetAsync("/v1/me/export", cancellationToken);
        await citizen.DeleteAsync("/v1/me", cancellationToken);
        using var olga = app.CitizenClient("olga-310102");
        await olga.DeleteAsync("/v1/me", cancellationToken);

        Assert.True(app.Log.Lines.Count > 100, "The log is not at Trace.");
        Assert.Contains(app.Log.Lines, line => line.Contains("ScanDecided", StringComparison.Ordinal));
        app.Secrets.AssertNoneIn(app.Log.Lines);

        // No answer and no stored file has a code in it.
        var codes = new SecretCollector();
        codes.Add(code);
        codes.Add(code[..^1]);
        codes.AssertNoneIn(answers);
        Assert.Equal(
            shown.Length - 2,
            answers.Count(
                answer => answer.Contains("outcome", StringComparison.Ordinal) && !answer.Contains("conflict", StringComparison.Ordinal)));
        var stored = Directory.GetFiles(app.PathOf("."), "parking.db*")
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(stored);
        codes.AssertNoneIn(stored.Select(file => Encoding.Latin1.GetString(ReadShared(file))));
    }

    /// <summary>A scan with one member that is not as it should be.</summary>
    private static Dictionary<string, object> Event(int seq, string member, object value) =>
        new() { ["type"] = "scan", ["seq"] = seq, ["deviceTime"] = "2026-05-04T08:30:16Z", [member] = value };

    private static async Task<string> PostAsync(HttpClient gate, object scan)
    {
        using var response = await gate.PostAsJsonAsync(
            "/v1/gates/hsp-in-1/events", new { journal = "9f2c4e1ab03d5577", events = new[] { scan } },
            TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
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
