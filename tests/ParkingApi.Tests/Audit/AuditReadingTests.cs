using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Tests.Cases;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Audit;

/// <summary>Who sees what of the audit, and what can be erased. All tests add to one chain.</summary>
public sealed class AuditReadingTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;
    private readonly HttpClient _operator = shared.App.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "watch@city", "hsp jingan-temple")]
    [InlineData("", "admin@city", "hsp jingan-temple city")]
    [InlineData("", "operate@district:huangpu", "hsp")]
    [InlineData("", "watch@facility:jingan-temple", "jingan-temple")]
    [InlineData("", "watch@facility:yuyuan", "")]
    [InlineData("?facility=hsp", "watch@facility:hsp", "hsp")]
    [InlineData("?facility=yuyuan", "admin@city", "")]
    public async Task Acts_AreSeenByThoseWhoWatchWhereTheyWereDone(string query, string duty, string expected)
    {
        await ActAsync();
        using var reader = _app.OperatorClient("reader-1", [duty]);

        var acts = (await ReadAsync(reader, query)).Acts;

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            acts.Select(act => act.Facility ?? "city").Distinct().Order());
    }

    [Theory]
    [InlineData("?facility=jingan-temple", HttpStatusCode.Forbidden)]
    [InlineData("?facility=nowhere", HttpStatusCode.Forbidden)]
    [InlineData("/export", HttpStatusCode.Forbidden)]
    public async Task Acts_ElsewhereAreNotSeen(string query, HttpStatusCode expected)
    {
        using var reader = _app.OperatorClient("reader-1", ["operate@district:huangpu"]);

        using var refused = await reader.GetAsync($"/v1/audit{query}", Cancellation);

        Assert.Equal(expected, refused.StatusCode);
    }

    [Theory]
    [InlineData("?limit=201", "limit")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?act=%00", "act")]
    [InlineData("?staff=a%00b", "staff")]
    [InlineData("?to=2026-05-04", "to")]
    public async Task Query_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        using var refused = await _operator.GetAsync($"/v1/audit{query}", Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Detail_ThatAnAdministratorErases_IsGone_AndWhoErasedItIsKnown()
    {
        using var searched = await _operator.PostAsJsonAsync(
            "/v1/archive/stays/by-plate", new PlateSearchRequest("沪A12345", "Wang lost a key"), ContractJson.Options, Cancellation);

        var number = (await ReadAsync(_operator, "?limit=1")).Acts[0].Sequence;

        using var erased = await _operator.DeleteAsync($"/v1/audit/{number}/detail", Cancellation);
        using var again = await _operator.DeleteAsync($"/v1/audit/{number}/detail", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await ProblemAssert.IsAsync(again, HttpStatusCode.NotFound, "audit-detail-not-found");
        var acts = (await ReadAsync(_operator, "?limit=3")).Acts;
        Assert.Equal(
            [
                $"erase_audit_detail entry:{number} audit-detail-not-found",
                $"erase_audit_detail entry:{number} done",
                "search_by_plate city done",
            ],
            acts.Select(act => $"{act.Act} {act.Target} {act.Outcomes[0].Result}"));
        Assert.Equal((null, true), (acts[^1].Reason, acts[^1].ErasedAt is not null));
        Assert.DoesNotContain("Wang", await _operator.GetStringAsync("/v1/audit/export", Cancellation), StringComparison.Ordinal);
    }

    /// <summary>People wrote them, of a stay that is sent to a person's list for instance.</summary>
    [Theory]
    [InlineData("watch@city", false)]
    [InlineData("watch@facility:hsp", false)]
    [InlineData("operate@facility:hsp", true)]
    [InlineData("money@district:huangpu", true)]
    [InlineData("admin@city", true)]
    public async Task Reason_IsReadByThoseWhoMayDoMoreThanWatch(string duty, bool isRead)
    {
        using var recorded = await _operator.PostAsJsonAsync(
            "/v1/facilities/hsp/inventories",
            new { id = _app.NewStep(), countedAt = "2026-05-04T08:30:00Z", count = 1, reason = "Zhou left a bag", version = "none" },
            Cancellation);
        using var reader = _app.OperatorClient("reader-1", [duty]);

        var act = (await ReadAsync(reader, "?facility=hsp&limit=1")).Acts.Single();

        Assert.Equal(isRead ? "Zhou left a bag" : null, act.Reason);
    }

    private async Task ActAsync()
    {
        foreach (var facility in new[] { "hsp", "jingan-temple" })
        {
            (await _operator.PutAsJsonAsync(
                $"/v1/facilities/{facility}/state", new FacilityStateRequest { Closed = true }, ContractJson.Options, Cancellation))
                .EnsureSuccessStatusCode();
        }

        (await _operator.PostAsJsonAsync(
            "/v1/withdrawals", new WithdrawalRequest { Subject = "somebody" }, ContractJson.Options, Cancellation))
            .EnsureSuccessStatusCode();
    }

    private static async Task<AuditAnswer> ReadAsync(HttpClient reader, string query) =>
        (await reader.GetFromJsonAsync<AuditAnswer>($"/v1/audit{query}", ContractJson.Options, Cancellation))!;
}
