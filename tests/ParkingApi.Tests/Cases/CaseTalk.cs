using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Archive;
using Parking.Api.Tests.Alarms;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Cases;

/// <summary>What operators and citizens do with cases, over HTTP.</summary>
internal static class CaseTalk
{
    private static int _seq, _step;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A name for a step, another one each time.</summary>
    public static string NewStep(this ParkingApplication app) => Ulids.At(app.Now(), Interlocked.Increment(ref _step)).Value;

    /// <summary>Somebody comes to hsp and leaves; the stay is archived. Returns its id.</summary>
    public static async Task<string> ParkAsync(this ParkingApplication app, string citizen)
    {
        var seq = Interlocked.Increment(ref _seq);
        await app.DriveAsync("hsp-in-1", citizen, seq);
        var stay = (await app.DriveAsync("hsp-out-1", citizen, seq)).Stay!.Id;
        await app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);
        return stay;
    }

    /// <summary>An operator whom the others know by a name.</summary>
    public static HttpClient StaffClient(this ParkingApplication app, string name, string duty = "operate@city") =>
        app.OperatorClient($"citizen-{name}", [duty], name);

    public static Task<HttpResponseMessage> OpenCaseAsync(
        this HttpClient people, string stay, string step, string text = "nobody saw the exit", string? assignee = null) => people.SendAsync(
        $"/v1/archive/stays/{stay}/cases", new ReviewRequest { Id = step, Text = text, Assignee = assignee });

    public static Task<HttpResponseMessage> DisputeAsync(
        this HttpClient citizen, string stay, string step, string text = "I left at noon") => citizen.SendAsync(
        "/v1/me/cases", new DisputeRequest { Id = step, Stay = stay, Reason = DisputeReason.Times, Text = text });

    /// <param name="people">Who does it.</param>
    /// <param name="number">The case.</param>
    /// <param name="how"><c>answer</c> or <c>close</c>.</param>
    /// <param name="version">The version that they saw.</param>
    /// <param name="step">The step's name.</param>
    /// <param name="text">What they write.</param>
    public static Task<HttpResponseMessage> EndCaseAsync(
        this HttpClient people, string number, string how, long version, string step, string text = "corrected") => people.SendAsync(
        $"/v1/cases/{number}/{how}", new CaseEndRequest { Id = step, Version = version, Text = text });

    public static Task<HttpResponseMessage> AssignCaseAsync(
        this HttpClient people, string number, long version, string step, string? assignee) => people.SendAsync(
        $"/v1/cases/{number}/assign", new CaseAssignRequest { Id = step, Version = version, Assignee = assignee });

    public static async Task<CaseListAnswer> CasesAsync(this HttpClient people, string query = "") =>
        (await people.GetFromJsonAsync<CaseListAnswer>($"/v1/cases{query}", ContractJson.Options, Cancellation))!;

    public static async Task<T> DoneAsync<T>(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.ReadAsync<T>();
    }

    /// <summary>The body, which may be read again.</summary>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<T>(await response.Content.ReadAsStringAsync(Cancellation), ContractJson.Options)!;

    private static Task<HttpResponseMessage> SendAsync<T>(this HttpClient client, string path, T body) =>
        client.PostAsJsonAsync(path, body, ContractJson.Options, Cancellation);
}
