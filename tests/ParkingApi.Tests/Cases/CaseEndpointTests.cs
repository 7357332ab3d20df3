using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Cases;

/// <summary>Cases as operators see them and act on them.</summary>
public sealed class CaseEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice");
    private readonly HttpClient _li = shared.App.StaffClient("li-na"), _wang = shared.App.StaffClient("wang");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_IsFoundByThoseItIsFor_AndAnswered_AndEachStepIsKnown()
    {
        var stay = await _app.ParkAsync(_alice);
        var opened = await _li.OpenCaseAsync(stay, _app.NewStep(), assignee: "wang").DoneAsync<CaseSummary>();

        Assert.Equal((CaseKind.Review, CaseState.Open, stay, "hsp", "li-na", "wang", false), (
            opened.Kind, opened.State, opened.Stay, opened.Facility, opened.OpenedBy, opened.Assignee, opened.Mine));
        Assert.Contains(opened with { Mine = true }, (await _wang.CasesAsync("?state=open&mine=true")).Cases);
        Assert.DoesNotContain(opened, (await _li.CasesAsync("?mine=true")).Cases);
        Assert.Equal([opened], (await _li.CasesAsync($"?stay={stay}&assignee=wang&kind=review&facility=hsp")).Cases);

        var assigned = await _wang.AssignCaseAsync(opened.Number, 1, _app.NewStep(), null).DoneAsync<CaseSummary>();
        Assert.Equal((2, null), (assigned.Version, assigned.Assignee));
        var answered = await _wang.EndCaseAsync(opened.Number, "answer", 2, _app.NewStep(), "the exit\r\nwas broken")
            .DoneAsync<CaseSummary>();

        var file = await FindAsync(opened.Number);
        Assert.Equal(answered, file.Case);
        Assert.Equal((CaseState.Answered, "the exit\nwas broken", "wang"), (file.Case.State, file.Case.Answer, file.Case.EndedBy));
        Assert.Equal(["Opened li-na wang", "Assigned wang ", "Answered wang "], file.History.Select(
            step => $"{step.Change} {step.By} {step.Assignee}"));
        Assert.DoesNotContain(opened.Number, (await _wang.CasesAsync("?state=open")).Cases.Select(one => one.Number));
    }

    [Fact]
    public async Task Stay_IsFound_ByTheNumberOfItsCase()
    {
        var stay = await _app.ParkAsync(_alice);
        var opened = await _li.OpenCaseAsync(stay, _app.NewStep()).DoneAsync<CaseSummary>();

        Assert.Equal([stay], await SearchAsync(opened.Number));
        Assert.Equal([stay], await SearchAsync(opened.Number.Replace("-", "", StringComparison.Ordinal)));
        Assert.Empty(await SearchAsync("99999999-5"));

        async Task<IEnumerable<string>> SearchAsync(string number) => (await _li.GetFromJsonAsync<ArchivedStaysAnswer>(
            $"/v1/archive/stays?case={number}", ContractJson.Options, Cancellation))!.Stays.Select(found => found.Id);
    }

    [Fact]
    public async Task Answer_OfWhoeverIsBehind_IsRefused_WithTheCaseAsItIs()
    {
        var number = (await OpenAsync()).Number;
        var answered = await _wang.EndCaseAsync(number, "answer", 1, _app.NewStep(), "first").DoneAsync<CaseSummary>();

        using var late = await _li.EndCaseAsync(number, "close", 1, _app.NewStep(), "second");
        using var again = await _li.EndCaseAsync(number, "close", 2, _app.NewStep(), "second");

        await ProblemAssert.IsAsync(late, HttpStatusCode.Conflict, "case-changed", "case");
        await ProblemAssert.IsAsync(again, HttpStatusCode.Conflict, "case-has-ended", "case");
        Assert.Equal(answered, (await late.ReadAsync<CaseConflictAnswer>()).Case);
    }

    [Fact]
    public async Task Step_SentAgain_IsDoneOnce_AndItsIdNamesNoOther()
    {
        var (number, step) = ((await OpenAsync()).Number, _app.NewStep());
        var once = await _wang.EndCaseAsync(number, "close", 1, step).DoneAsync<CaseSummary>();

        Assert.Equal(once, await _wang.EndCaseAsync(number, "close", 1, step).DoneAsync<CaseSummary>());
        Assert.Single(_app.Log.Lines, line => line.Contains($"closed case {number}", StringComparison.Ordinal));
        using var other = await _wang.EndCaseAsync(number, "answer", 1, step);

        await ProblemAssert.IsAsync(other, HttpStatusCode.Conflict, "case-step-conflict");
        Assert.Equal(CaseState.Closed, once.State);
    }

    [Fact]
    public async Task Acts_AreInTheAudit_WithTheReasonOfAReview_AndNothingElseThatPeopleWrote()
    {
        var stay = await _app.ParkAsync(_alice);
        var number = (await _li.OpenCaseAsync(stay, _app.NewStep(), "who drove it?").DoneAsync<CaseSummary>()).Number;
        await _li.AssignCaseAsync(number, 1, _app.NewStep(), "wang").DoneAsync<CaseSummary>();
        await _wang.EndCaseAsync(number, "answer", 2, _app.NewStep(), "nobody did").DoneAsync<CaseSummary>();
        using var late = await _wang.EndCaseAsync(number, "close", 2, _app.NewStep(), "nobody did");

        var acts = (await _li.GetFromJsonAsync<AuditAnswer>("/v1/audit?facility=hsp&limit=4", ContractJson.Options, Cancellation))!.Acts;

        Assert.Equal(
            [
                $"open_case stay li-na who drove it? {stay} done", $"assign_case case:{number} li-na   done",
                $"answer_case case:{number} wang   done", $"close_case case:{number} wang   case-changed",
            ],
            acts.Reverse().Select(act => $"{act.Act} {act.Target.Split(act.Act == "open_case" ? ":" : " ")[0]} {act.Staff} {act.Reason} "
                + $"{act.Stay} {Assert.Single(act.Outcomes).Result}"));
    }

    /// <summary>A case is its facility's; what people wrote is for those who may answer it.</summary>
    [Theory]
    [InlineData("operate@facility:hsp", true)]
    [InlineData("operate@district:huangpu", true)]
    [InlineData("operate@facility:yuyuan", false)]
    [InlineData("watch@city", false)]
    [InlineData("admin@city", false)]
    public async Task Case_IsSeenAndAnswered_ByThoseWhoOperateItsFacility(string duty, bool may)
    {
        var opened = await OpenAsync();
        using var reader = _app.StaffClient("reader", duty);

        using var listed = await reader.GetAsync("/v1/cases?state=open&limit=200", Cancellation);
        using var found = await reader.GetAsync($"/v1/cases/{opened.Number}", Cancellation);
        using var reopened = await reader.OpenCaseAsync(opened.Stay, _app.NewStep());
        using var answered = await reader.EndCaseAsync(opened.Number, "answer", 1, _app.NewStep());

        var expected = may ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal((expected, expected, expected), (found.StatusCode, reopened.StatusCode, answered.StatusCode));
        Assert.Equal(
            may, (await listed.Content.ReadAsStringAsync(Cancellation)).Contains($"\"{opened.Number}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_GoesOn_WhereThePageBeforeEnded()
    {
        var stay = (await OpenAsync()).Stay;
        await _li.OpenCaseAsync(stay, _app.NewStep()).DoneAsync<CaseSummary>();
        var all = (await _li.CasesAsync("?state=open&limit=200")).Cases;

        var first = await _li.CasesAsync("?state=open&limit=1");
        var second = await _li.CasesAsync($"?state=open&limit=1&after={first.Next}");

        Assert.Equal(all.Take(2), [.. first.Cases, .. second.Cases]);
    }

    [Theory]
    [InlineData("/v1/cases?state=shut", "state")]
    [InlineData("/v1/cases?kind=2", "kind")]
    [InlineData("/v1/cases?limit=0", "limit")]
    [InlineData("/v1/cases?limit=201", "limit")]
    [InlineData("/v1/cases?after=1000-5", "after")]
    [InlineData("/v1/cases?stay=none", "stay")]
    [InlineData("/v1/cases?assignee=%00", "assignee")]
    [InlineData("/v1/cases?assignee=wang&mine=true", "assignee")]
    [InlineData("/v1/archive/stays?case=1000-5", "case")]
    [InlineData("/v1/archive/stays?case=1000-6&facility=hsp", "facility")]
    [InlineData("/v1/archive/stays?case=1000-6&state=settled", "state")]
    [InlineData("/v1/archive/stays?case=1000-6&open=true", "open")]
    public async Task Question_ThatMakesNoSense_NamesTheMember(string path, string member)
    {
        using var refused = await _li.GetAsync(path, Cancellation);

        await AssertNamesAsync(refused, member);
    }

    [Theory]
    [InlineData("ok", null, null, "text")]
    [InlineData("   a   ", null, null, "text")]
    [InlineData("bell\u0007bell", null, null, "text")]
    [InlineData("nobody saw it", " ", null, "assignee")]
    [InlineData("nobody saw it", "li\nna", null, "assignee")]
    [InlineData("nobody saw it", "li\u200Bna", null, "assignee")]
    [InlineData("\u202E\u200B\u3164", null, null, "text")]
    [InlineData("nobody saw it", null, "1", "id")]
    public async Task Opening_ThatMakesNoSense_NamesTheMember(string text, string? assignee, string? step, string member)
    {
        var stay = await _app.ParkAsync(_alice);

        using var refused = await _li.OpenCaseAsync(stay, step ?? _app.NewStep(), text, assignee);

        await AssertNamesAsync(refused, member);
    }

    [Fact]
    public async Task Case_ThatThereIsNot_IsA404_ForThoseWhoOperateTheCity()
    {
        using var unknown = await _li.GetAsync("/v1/cases/99999999-5", Cancellation);
        using var wrong = await _li.EndCaseAsync("1000-5", "answer", 1, _app.NewStep());
        using var nowhere = await _li.OpenCaseAsync(new('0', 32), _app.NewStep());

        await ProblemAssert.IsAsync(unknown, HttpStatusCode.NotFound, "case-not-found");
        await ProblemAssert.IsAsync(wrong, HttpStatusCode.NotFound, "case-not-found");
        await ProblemAssert.IsAsync(nowhere, HttpStatusCode.NotFound, "stay-not-archived");
    }

    [Fact]
    public async Task Database_ThatIsAway_IsA503_WithTheTimeToWait()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        using var people = app.StaffClient("li-na");
        using var citizen = app.CitizenClient("alice");

        using var listed = await people.GetAsync("/v1/cases", Cancellation);
        using var mine = await citizen.GetAsync("/v1/me/cases", Cancellation);
        using var disputed = await citizen.DisputeAsync(new('0', 32), app.NewStep());
        using var exported = await citizen.GetAsync("/v1/me/export", Cancellation);

        foreach (var refused in new[] { listed, mine, disputed, exported })
        {
            await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");
            Assert.NotNull(refused.Headers.RetryAfter);
        }
    }

    private async Task<CaseSummary> OpenAsync() =>
        await _li.OpenCaseAsync(await _app.ParkAsync(_alice), _app.NewStep()).DoneAsync<CaseSummary>();

    private Task<CaseAnswer> FindAsync(string number) => _li.GetAsync($"/v1/cases/{number}", Cancellation).DoneAsync<CaseAnswer>();

    private static async Task AssertNamesAsync(HttpResponseMessage refused, string member)
    {
        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }
}
