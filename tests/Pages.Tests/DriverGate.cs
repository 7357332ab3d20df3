using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProtocol;

namespace Parking.Pages.Tests;

/// <summary>A gate that reports what a test says, over the gate protocol.</summary>
internal sealed class DriverGate : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _path;
    private readonly Func<Instant> _now;
    private readonly string _journal = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long _seq;

    /// <param name="service">The service.</param>
    /// <param name="gate">Its id.</param>
    /// <param name="now">Its clock; the machine's, if nothing else is said.</param>
    public DriverGate(LiveService service, string gate, Func<Instant>? now = null)
    {
        _now = now ?? LiveService.Time.ToClock().GetCurrentInstant;
        _path = $"/v1/gates/{gate}/events";
        _http = new() { BaseAddress = service.Origin };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Gate", service.Settings.GateKeys[gate]);
    }

    /// <summary>A code is shown now, the service decides, and on <c>open</c> the vehicle passes.</summary>
    public async Task<ScanAnswer> ShowAsync(string code)
    {
        var scan = new ReportedScan { Seq = ++_seq, DeviceTime = _now(), Code = code };
        var answer = await SendAsync(scan);
        if (answer.Decision == GateDecision.Open)
        {
            await PassAsync(scan);
        }

        return answer;
    }

    /// <summary>The gate reports that it let somebody through alone, some time ago.</summary>
    public async Task<ScanAnswer> ReportAsync(string code, Duration ago)
    {
        var scan = new ReportedScan { Seq = ++_seq, DeviceTime = _now() - ago, Code = code, Local = ScanReason.OpenedOffline };
        var answer = await SendAsync(scan);
        await PassAsync(scan);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private Task PassAsync(ReportedScan scan) =>
        PostAsync(new ReportedAct { Seq = ++_seq, DeviceTime = scan.DeviceTime, Act = BarrierAct.Passed, Scan = scan.Seq });

    private async Task<ScanAnswer> SendAsync(ReportedScan scan) => (await PostAsync(scan)).Answers[0].Scan!;

    private async Task<UploadAnswer> PostAsync(ReportedEvent reported)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await _http.PostAsJsonAsync(
            _path, new EventUpload { Journal = _journal, Events = [reported] }, GateProtocolJson.Options, cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<UploadAnswer>(GateProtocolJson.Options, cancellation))!;
    }
}
