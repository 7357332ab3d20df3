using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Archive;
using Parking.Api.Facilities;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Cases;
using Parking.Codes;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Cases;

/// <summary>Cases, for operators: opening reviews, finding cases and what is done with them.</summary>
internal static partial class CaseEndpoints
{
    private const int UsualLimit = 50;
    private const int MaxLimit = 200;

    public static readonly ProblemKind StepTaken = new(
        "case-step-conflict",
        StatusCodes.Status409Conflict,
        "Another step has this id",
        "An id names one step of one case. Draw a new one for each.");

    private static readonly ProblemKind CaseNotFound = new(
        "case-not-found",
        StatusCodes.Status404NotFound,
        "There is no such case",
        "Or its driver had everything erased. The last digit of a number is a check digit: look whether a digit is wrong.");

    private static readonly ProblemKind CaseChanged = new(
        "case-changed",
        StatusCodes.Status409Conflict,
        "Somebody else did something with the case",
        "Nothing was done. Look at the case, which is in this answer, and decide again.");

    private static readonly ProblemKind CaseHasEnded = new(
        "case-has-ended",
        StatusCodes.Status409Conflict,
        "The case was answered or closed",
        "Nothing was done. Open another one if there is more to say.");

    private static readonly DutyScope FacilityOfCase = new(
        "the case's facility",
        async context => CaseNumber.TryParse($"{context.GetRouteValue("number")}", out var number)
            && await context.RequestServices.GetRequiredService<CaseSearch>().FindAsync(number, context.RequestAborted) is { } found
                ? Scope.Of(found.Case.Facility)
                : Scope.City,
        IsNamedByCaller: false);

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/archive/stays/{id}/cases", OpenAsync)
            .WithTags("Cases")
            .RequireDuty(DutyKind.Operate, ArchiveEndpoints.FacilityOfStay)
            .Audits(call => AuditSubject.OfStay("open_case", call.HttpContext, reason: call.GetArgument<ReviewRequest>(1).Text))
            .WithName("OpenCase").WithSummary("Sends a stay to a person's list")
            .WithDescription(
                "Opens a case of the kind review, with a number that can be said on the phone. The text goes into the audit, too. The same "
                + "request with the same id again opens no other.")
            .WithRequestExample(CaseExamples.Review)
            .WithResponseExample(CaseExamples.Reviewed)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, ArchiveEndpoints.StayNotArchived,
                StepTaken, HttpProblems.BackOfficeUnavailable);

        var cases = routes.MapGroup("/v1/cases").WithTags("Cases")
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.BackOfficeUnavailable);

        cases.MapGet("", ListAsync)
            .RequireDuty(DutyKind.Operate, DutyScope.FacilityInQuery("facility"))
            .WithName("ListCases").WithSummary("Cases at a facility, or at all where the caller may operate")
            .WithDescription(
                "By `state`, `kind` and `stay`; with `assignee` those for an operator, with `mine=true` those for the caller. Open ones "
                + "come oldest first, all others newest first. `after` is `next` of the page before, `limit` is 1 to 200, usually 50. "
                + "What people wrote is for those who answer it: watching alone does not show it.")
            .WithResponseExample(CaseExamples.List)
            .Meets(HttpProblems.InvalidRequest, FacilityEndpoints.FacilityNotFound);

        cases.MapGet("{number}", GetAsync)
            .RequireDuty(DutyKind.Operate, FacilityOfCase)
            .WithName("GetCase").WithSummary("One case, with what was done")
            .WithResponseExample(CaseExamples.Whole)
            .Meets(CaseNotFound);

        MapSteps(cases);
    }

    /// <remarks>Takes no cancellation token, like all that change state.</remarks>
    private static async Task<Results<Ok<CaseSummary>, ValidationProblem, ProblemHttpResult>> OpenAsync(
        string id, ReviewRequest request, Staff staff, CaseBook book, ILogger<CaseBook> logger)
    {
        var faults = new Dictionary<string, string[]>();
        var (text, assignee) = (CaseTexts.TextOf(request.Text, faults), CaseTexts.AssigneeOf(request.Assignee, faults));
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (!CodeId.TryParse(id, out var stay))
        {
            return ArchiveEndpoints.StayNotArchived.ToResult();
        }

        var opened = await book.OpenReviewAsync(request.Id, stay, text, assignee, staff.Name);
        switch (opened)
        {
            case { Outcome: CaseOutcome.Done, Case: { } found }:
                if (!opened.IsRepeat)
                {
                    Opened(logger, staff, found.Number);
                }

                return TypedResults.Ok(found.ToContract(staff.Name));
            case { Outcome: CaseOutcome.StepTaken }:
                return StepTaken.ToResult();
            default:
                return ArchiveEndpoints.StayNotArchived.ToResult();
        }
    }

    private static async Task<Results<Ok<CaseListAnswer>, ValidationProblem, ProblemHttpResult>> ListAsync(
        string? facility,
        string? state,
        string? kind,
        string? stay,
        string? assignee,
        bool? mine,
        string? after,
        int? limit,
        Staff staff,
        CityDirectory city,
        CaseSearch search,
        CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        if (limit is < 1 or > MaxLimit)
        {
            faults["limit"] = [$"limit is a whole number from 1 to {MaxLimit}."];
        }

        if (assignee is not null && (mine == true || assignee.Any(char.IsControl)))
        {
            faults["assignee"] = ["assignee is one line of text, and goes without mine."];
        }

        if (!CaseNumber.TryParse(after, out var last) && after is not null)
        {
            faults["after"] = ["after is the text that the page before had as next."];
        }

        if (!CodeId.TryParse(stay, out var name) && stay is not null)
        {
            faults["stay"] = ["stay is the id of a stay."];
        }

        var wantedState = QueryName.Parse<Contracts.CaseState>("state", state, faults);
        var wantedKind = QueryName.Parse<Contracts.CaseKind>("kind", kind, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (facility is not null && city.FindFacility(new(facility)) is null)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        IReadOnlyCollection<string>? facilities = facility is not null ? [facility]
            : staff.Duties.Allows(DutyKind.Operate, Scope.City) ? null
            : [.. city.Facilities.Select(one => one.Id).Where(id => staff.Duties.Allows(DutyKind.Operate, id)).Select(id => id.Value)];
        var page = await search.PageAsync(
            new(
                facilities,
                (BackOffice.Cases.CaseState?)(int?)wantedState,
                (BackOffice.Cases.CaseKind?)(int?)wantedKind,
                mine == true ? staff.Name : assignee,
                stay is null ? null : name,
                after is null ? null : last,
                limit ?? UsualLimit),
            cancellationToken);
        return TypedResults.Ok(page.ToContract(staff.Name));
    }

    private static async Task<Results<Ok<CaseAnswer>, ProblemHttpResult>> GetAsync(
        string number, Staff staff, CaseSearch search, CancellationToken cancellationToken) =>
        CaseNumber.TryParse(number, out var read) && await search.FindAsync(read, cancellationToken) is { } found
            ? TypedResults.Ok(found.ToContract(staff.Name))
            : CaseNotFound.ToResult();

    [LoggerMessage(9050, LogLevel.Information, "Operator {Staff} opened case {Case}", EventName = "CaseOpened")]
    private static partial void Opened(ILogger logger, Staff staff, CaseNumber @case);
}
