using System.Net;
using System.Net.Http.Json;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Cases;

/// <summary>Cases as citizens see them.</summary>
public sealed class DisputeTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice"), _bob = shared.FreshCitizen("bob");
    private readonly HttpClient _operator = shared.App.StaffClient("li-na");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Alice => field ??= _app.CitizenClient(_alice);

    [Fact]
    public async Task Dispute_IsAnsweredByAnOperator_AndTheCitizenReadsIt()
    {
        var stay = await _app.ParkAsync(_alice);
        var opened = await Alice.DisputeAsync(stay, _app.NewStep()).DoneAsync<MyCase>();
        Assert.Equal([opened], await MineAsync());

        var seen = Assert.Single((await _operator.CasesAsync($"?stay={stay}&kind=dispute")).Cases);
        Assert.Equal((opened.Number, DisputeReason.Times, "I left at noon", null), (seen.Number, seen.Reason, seen.Text, seen.OpenedBy));
        await _operator.EndCaseAsync(seen.Number, "answer", 1, _app.NewStep(), "You are right.").DoneAsync<CaseSummary>();

        var answered = Assert.Single(await MineAsync());
        Assert.Equal(
            opened with { State = CaseState.Answered, Answer = "You are right.", EndedAt = answered.EndedAt }, answered);
        Assert.NotNull(answered.EndedAt);
        Assert.DoesNotContain("li-na", await Alice.GetStringAsync("/v1/me/cases", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispute_OfAStayOfSomebodyElse_IsA404_LikeOneOfNone()
    {
        var stay = await _app.ParkAsync(_bob);

        using var others = await Alice.DisputeAsync(stay, _app.NewStep());
        using var none = await Alice.DisputeAsync(new('0', 32), _app.NewStep());
        using var nonsense = await Alice.DisputeAsync("mine", _app.NewStep());

        foreach (var refused in new[] { others, none, nonsense })
        {
            await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "stay-not-archived");
        }
    }

    [Fact]
    public async Task Dispute_SentAgain_IsTheSame_AndASecondOneOfTheStayNamesTheFirst()
    {
        var (stay, step) = (await _app.ParkAsync(_alice), _app.NewStep());
        var opened = await Alice.DisputeAsync(stay, step).DoneAsync<MyCase>();

        Assert.Equal(opened, await Alice.DisputeAsync(stay, step).DoneAsync<MyCase>());
        Assert.Single(_app.Log.Lines, line => line.Contains($"opened case {opened.Number}", StringComparison.Ordinal));
        using var second = await Alice.DisputeAsync(stay, _app.NewStep());
        using var other = await Alice.DisputeAsync(stay, step, "I left at one");

        await ProblemAssert.IsAsync(second, HttpStatusCode.Conflict, "already-disputed", "case");
        await ProblemAssert.IsAsync(other, HttpStatusCode.Conflict, "case-step-conflict");
        Assert.Equal(opened, (await second.ReadAsync<DisputeConflictAnswer>()).Case);
    }

    [Fact]
    public async Task SixthOpenDispute_OfACitizen_IsRefused()
    {
        for (var n = 0; n < 5; n++)
        {
            await Alice.DisputeAsync(await _app.ParkAsync(_alice), _app.NewStep()).DoneAsync<MyCase>();
        }

        using var sixth = await Alice.DisputeAsync(await _app.ParkAsync(_alice), _app.NewStep());

        await ProblemAssert.IsAsync(sixth, HttpStatusCode.Conflict, "too-many-disputes");
    }

    [Fact]
    public async Task Export_HasTheCasesOfTheCitizensStays_WithoutOperators()
    {
        var stay = await _app.ParkAsync(_alice);
        var dispute = await Alice.DisputeAsync(stay, _app.NewStep()).DoneAsync<MyCase>();
        var review = await _operator.OpenCaseAsync(stay, _app.NewStep(), assignee: "wang").DoneAsync<CaseSummary>();
        await _operator.OpenCaseAsync(await _app.ParkAsync(_bob), _app.NewStep()).DoneAsync<CaseSummary>();

        var export = await Alice.GetFromJsonAsync<ExportAnswer>("/v1/me/export", ContractJson.Options, Cancellation);

        Assert.Equal(
            [(review.Number, CaseKind.Review, review.Text), (dispute.Number, CaseKind.Dispute, dispute.Text)],
            export!.Cases!.Select(one => (one.Number, one.Kind, one.Text)));
        var text = await Alice.GetStringAsync("/v1/me/export", Cancellation);
        Assert.DoesNotContain("li-na", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wang", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_TheCaseIsNotFound_AndNobodyAnswersIt()
    {
        var stay = await _app.ParkAsync(_alice);
        var dispute = await Alice.DisputeAsync(stay, _app.NewStep()).DoneAsync<MyCase>();
        await _operator.OpenCaseAsync(stay, _app.NewStep(), "why is that?").DoneAsync<CaseSummary>();
        (await Alice.DeleteAsync("/v1/me", Cancellation)).EnsureSuccessStatusCode();

        using var found = await _operator.GetAsync($"/v1/cases/{dispute.Number}", Cancellation);
        using var answered = await _operator.EndCaseAsync(dispute.Number, "answer", 1, _app.NewStep());

        await ProblemAssert.IsAsync(found, HttpStatusCode.NotFound, "case-not-found");
        await ProblemAssert.IsAsync(answered, HttpStatusCode.NotFound, "case-not-found");
        Assert.Empty(await MineAsync());
        Assert.Empty((await _operator.CasesAsync($"?stay={stay}")).Cases);
        var audit = await _operator.GetFromJsonAsync<AuditAnswer>("/v1/audit?act=open_case&limit=1", ContractJson.Options, Cancellation);
        var act = Assert.Single(audit!.Acts);
        Assert.Equal((null, null, true), (act.Reason, act.Stay, act.ErasedAt is not null));
    }

    [Fact]
    public async Task WhatPeopleWrite_IsNotInTheLog()
    {
        const string letter = "my neighbour's letter", answer = "the attendant's answer";
        var stay = await _app.ParkAsync(_alice);
        var opened = await Alice.DisputeAsync(stay, _app.NewStep(), letter).DoneAsync<MyCase>();
        await _operator.EndCaseAsync(opened.Number, "answer", 1, _app.NewStep(), answer).DoneAsync<CaseSummary>();

        Assert.Contains(_app.Log.Lines, line => line.Contains("DisputeOpened", StringComparison.Ordinal)
            && line.Contains(opened.Number, StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(letter, StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(answer, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<MyCase>> MineAsync() =>
        (await Alice.GetFromJsonAsync<MyCasesAnswer>("/v1/me/cases", ContractJson.Options, Cancellation))!.Cases;
}
