using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Cases;
using Parking.Contracts;
using Parking.Rights;

namespace Parking.Api.Cases;

/// <summary>What operators do with a case that there is.</summary>
internal static partial class CaseEndpoints
{
    private static void MapSteps(RouteGroupBuilder cases)
    {
        cases.MapPost("{number}/assign", AssignAsync)
            .RequireDuty(DutyKind.Operate, FacilityOfCase)
            .Audits(call => OfCase("assign_case", call.HttpContext))
            .WithName("AssignCase").WithSummary("Gives an open case to somebody, or to nobody in particular")
            .WithDescription(
                "The request names the version that the caller saw: if somebody did something since, nothing is done, and the answer has "
                + "the case as it is now. The same request with the same id again changes nothing.")
            .WithRequestExample(CaseExamples.Assign)
            .WithResponseExample(CaseExamples.Assigned)
            .Meets(HttpProblems.InvalidRequest, CaseNotFound, CaseChanged, CaseHasEnded, StepTaken);

        cases.MapPost("{number}/answer", AnswerAsync)
            .RequireDuty(DutyKind.Operate, FacilityOfCase)
            .Audits(call => OfCase("answer_case", call.HttpContext))
            .WithName("AnswerCase").WithSummary("Answers an open case; of a dispute, the citizen reads it")
            .WithDescription("It ends the case. Version and id are as those of AssignCase.")
            .WithRequestExample(CaseExamples.Answer)
            .WithResponseExample(CaseExamples.Answered)
            .Meets(HttpProblems.InvalidRequest, CaseNotFound, CaseChanged, CaseHasEnded, StepTaken);

        cases.MapPost("{number}/close", CloseAsync)
            .RequireDuty(DutyKind.Operate, FacilityOfCase)
            .Audits(call => OfCase("close_case", call.HttpContext))
            .WithName("CloseCase").WithSummary("Closes an open case that needs no answer, and says why")
            .WithDescription("Of a dispute, the citizen reads why. Version and id are as those of AssignCase.")
            .WithRequestExample(CaseExamples.Close)
            .WithResponseExample(CaseExamples.Closed)
            .Meets(HttpProblems.InvalidRequest, CaseNotFound, CaseChanged, CaseHasEnded, StepTaken);
    }

    private static AuditSubject OfCase(string act, HttpContext http) => AuditSubject.OfCase(act, http, "number");

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static async Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> AssignAsync(
        string number, CaseAssignRequest request, Staff staff, CaseBook book, ILogger<CaseBook> logger)
    {
        var faults = new Dictionary<string, string[]>();
        var assignee = CaseTexts.AssigneeOf(request.Assignee, faults);
        return faults.Count > 0
            ? HttpProblems.Invalid(faults)
            : await DoAsync(
                number,
                new(request.Id, BackOffice.Cases.CaseChange.Assigned, request.Version, staff.Name, Assignee: assignee),
                book,
                done => Assigned(logger, staff, done.Number));
    }

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> AnswerAsync(
        string number, CaseEndRequest request, Staff staff, CaseBook book, ILogger<CaseBook> logger) => EndAsync(
        number,
        request,
        BackOffice.Cases.CaseChange.Answered,
        staff,
        book,
        done => Answered(logger, staff, done.Number));

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> CloseAsync(
        string number, CaseEndRequest request, Staff staff, CaseBook book, ILogger<CaseBook> logger) => EndAsync(
        number,
        request,
        BackOffice.Cases.CaseChange.Closed,
        staff,
        book,
        done => Closed(logger, staff, done.Number));

    private static async Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> EndAsync(
        string number, CaseEndRequest request, BackOffice.Cases.CaseChange change, Staff staff, CaseBook book, Action<CaseRecord> log)
    {
        var faults = new Dictionary<string, string[]>();
        var text = CaseTexts.TextOf(request.Text, faults);
        return faults.Count > 0
            ? HttpProblems.Invalid(faults)
            : await DoAsync(number, new(request.Id, change, request.Version, staff.Name, text), book, log);
    }

    private static async Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> DoAsync(
        string number, CaseAct act, CaseBook book, Action<CaseRecord> log)
    {
        if (!CaseNumber.TryParse(number, out var read))
        {
            return CaseNotFound.ToResult();
        }

        var result = await book.DoAsync(read, act);
        switch (result)
        {
            case { Outcome: CaseOutcome.Done, Case: { } done }:
                if (!result.IsRepeat)
                {
                    log(done);
                }

                return TypedResults.Ok(done.ToContract(act.Staff));
            case { Outcome: CaseOutcome.Changed, Case: { } now }:
                return CaseChanged.ToResult(As(now, act.Staff));
            case { Outcome: CaseOutcome.Ended, Case: { } now }:
                return CaseHasEnded.ToResult(As(now, act.Staff));
            case { Outcome: CaseOutcome.StepTaken }:
                return StepTaken.ToResult();
            default:
                return CaseNotFound.ToResult();
        }
    }

    private static Dictionary<string, object?> As(CaseRecord now, string reader) => new() { ["case"] = now.ToContract(reader) };

    [LoggerMessage(9051, LogLevel.Information, "Operator {Staff} assigned case {Case}", EventName = "CaseAssigned")]
    private static partial void Assigned(ILogger logger, Staff staff, CaseNumber @case);

    [LoggerMessage(9052, LogLevel.Information, "Operator {Staff} answered case {Case}", EventName = "CaseAnswered")]
    private static partial void Answered(ILogger logger, Staff staff, CaseNumber @case);

    [LoggerMessage(9053, LogLevel.Information, "Operator {Staff} closed case {Case}", EventName = "CaseClosed")]
    private static partial void Closed(ILogger logger, Staff staff, CaseNumber @case);
}
