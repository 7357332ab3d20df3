using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Audit;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Audit;

/// <summary>Reading the audit, for operators and auditors.</summary>
internal static class AuditEndpoints
{
    public const string ExportPath = "/v1/audit/export";

    private const int UsualLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>The export is sent in pieces of this size.</summary>
    private const int FlushBytes = 64 * 1024;

    private static readonly ProblemKind DetailNotFound = new(
        "audit-detail-not-found",
        StatusCodes.Status404NotFound,
        "The entry has nothing that can be erased",
        "Or there is no such entry, or it was erased before.");

    private static readonly AuditAnswer Example = new(
        [
            new()
            {
                Sequence = 1718,
                At = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
                Act = "open_once",
                Target = "gate:hsp-out-1",
                Facility = "hsp",
                Staff = "s-1042",
                Duty = "operate@district:huangpu",
                Reason = "phone is broken",
                Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
                Outcomes =
                [
                    new(1719, Instant.FromUtc(2026, 5, 4, 9, 35, 20), "granted"),
                    new(1720, Instant.FromUtc(2026, 5, 4, 9, 35, 21), "obeyed"),
                ],
            },
        ],
        1718);

    private const string ExportExample =
        """{"type":"entry","sequence":1,"at":1777883415000000,"recordedAt":1777883415000000,"kind":"intent","act":"close_facility","""
        + "\"target\":\"facility:hsp\",\"facility\":\"hsp\",\"staff\":\"s-1042\",\"duty\":\"operate@city\","
        + "\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\","
        + "\"hash\":\"5b3f9d0c5a8e4d4f0f5b1b0e6a7a5b7c2d1e3f40516273849506a7b8c9dae0f1\"}\n";

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/v1/audit").WithTags("Audit")
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.BackOfficeUnavailable);

        audit.MapGet("", ReadAsync)
            .RequireDuty(DutyKind.Watch, DutyScope.FacilityInQuery("facility"))
            .WithName("ReadAudit").WithSummary("What operators did, newest first")
            .WithDescription(
                "Of one `facility`, or of all that the caller may watch; what is about no facility, such as keys and sign-ins, is for "
                + "administrators of the city. Reasons are for those who may do more there than watch. Further by `act`, by `staff`, and "
                + "in the time from `from` on and before `to` (ISO 8601 in UTC). A command to a gate is here within two seconds. `before` "
                + "is `next` of the page before, `limit` is 1 to 200, usually 50.")
            .WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, FacilityEndpoints.FacilityNotFound);

        audit.MapGet("export", Export)
            .RequireDuty(DutyKind.Admin, DutyScope.City)
            .Audits(_ => AuditSubject.OfCity("export_audit"))
            .WithName("ExportAudit").WithSummary("The whole chain, for those who check it themselves")
            .WithDescription(
                "Lines of JSON (NDJSON): every entry, oldest first, then every signed head. docs/audit.md says how to check them with "
                + "nothing but these lines and the public key.")
            .Produces<string>(StatusCodes.Status200OK, NdjsonWriter.MediaType)
            .WithResponseExample(ExportExample);

        audit.MapDelete("{sequence}/detail", EraseAsync)
            .RequireDuty(DutyKind.Admin, DutyScope.City)
            .Audits(call => new("erase_audit_detail", $"entry:{call.GetArgument<long>(0)}"))
            .WithName("EraseAuditDetail").WithSummary("Erases the reason of an entry, and whom it was about")
            .WithDescription("For a reason that names somebody. The chain holds without it: who did what, when and where remains.")
            .Meets(DetailNotFound);
    }

    private static async Task<Results<Ok<AuditAnswer>, ValidationProblem, ProblemHttpResult>> ReadAsync(
        string? facility,
        string? act,
        string? staff,
        string? from,
        string? to,
        long? before,
        int? limit,
        Staff caller,
        CityDirectory city,
        AuditLog log,
        CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        if (limit is < 1 or > MaxLimit)
        {
            faults["limit"] = [$"limit is a whole number from 1 to {MaxLimit}."];
        }

        foreach (var (name, text) in new[] { ("act", act), ("staff", staff) })
        {
            if (text?.Any(char.IsControl) == true)
            {
                faults[name] = [$"{name} is one line of text."];
            }
        }

        var (earliest, latest) = (QueryTime.Parse("from", from, faults), QueryTime.Parse("to", to, faults));
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (facility is not null && city.FindFacility(new(facility)) is null)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        IReadOnlyCollection<string>? facilities = facility is not null ? [facility]
            : caller.Duties.Allows(DutyKind.Watch, Scope.City) ? null
            : [.. city.Facilities.Select(one => one.Id).Where(id => caller.Duties.Allows(DutyKind.Watch, id)).Select(id => id.Value)];
        var page = await log.PageAsync(
            new(
                facilities, caller.Duties.Allows(DutyKind.Admin, Scope.City), act, staff, earliest, latest, before, limit ?? UsualLimit),
            cancellationToken);
        return TypedResults.Ok(page.ToContract(act => MayReadReasons(
            caller.Duties, act.Intent.Facility is { } place ? Scope.Of(new FacilityId(place)) : Scope.City)));
    }

    /// <summary>A reason may name people, so a screen that may only watch does not get it.</summary>
    private static bool MayReadReasons(Duties duties, Scope scope) =>
        duties.Allows(DutyKind.Operate, scope) || duties.Allows(DutyKind.Money, scope) || duties.Allows(DutyKind.Admin, scope);

    private static IResult Export(AuditLog log) => new AuditExport(log);

    private static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(long sequence, AuditChain chain) =>
        await chain.EraseAsync(sequence) ? TypedResults.NoContent() : DetailNotFound.ToResult();

    /// <summary>Sends the chain line by line.</summary>
    private sealed class AuditExport(AuditLog log) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var over = httpContext.RequestAborted;
            httpContext.Response.ContentType = NdjsonWriter.MediaType;
            httpContext.Response.Headers.CacheControl = "no-store";
            var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await using var output = new NdjsonWriter(httpContext.Response.BodyWriter, json);
            var heads = await log.HeadsAsync(over);
            await foreach (var row in log.ReadAllAsync(over))
            {
                output.Write(row.ToContract());
                await output.FlushAsync(FlushBytes, over);
            }

            foreach (var head in heads)
            {
                output.Write<AuditExportLine>(new ExportedAuditHead { Head = head });
            }

            await output.FlushAsync(leastBytes: 1, over);
        }
    }
}
