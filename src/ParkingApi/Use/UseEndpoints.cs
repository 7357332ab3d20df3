using System.Globalization;
using System.Net.Mime;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Parking.Api.Facilities;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Use;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Use;

/// <summary>How facilities were used, for operators.</summary>
internal static class UseEndpoints
{
    private const int MaxDays = 92;
    private const int UsualLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>A table is read and sent so many facilities at a time: their days are a few thousand rows at most.</summary>
    private const int TablePortion = 16;

    private const string TableType = $"{UseCsv.MediaType}; charset=utf-8; header=present";

    /// <summary>About how long the largest table takes.</summary>
    private static readonly TimeSpan TableTime = TimeSpan.FromSeconds(10);

    private static readonly ProblemKind TooManyTables = new(
        "too-many-tables",
        StatusCodes.Status429TooManyRequests,
        "Another table is being made",
        "One table of all facilities is made at a time. Send the same again after as many seconds as Retry-After says.");

    public static void MapUse(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/facilities/{id}/use", GetAsync)
            .RequireDuty(DutyKind.Watch, DutyScope.Facility())
            .WithName("GetFacilityUse").WithTags("Facilities").WithSummary("How a facility was used, day by day")
            .WithDescription(
                "Days of the facility's clocks, `from` to `to` (both included, ISO 8601, at most 92): entries, exits, turnover, dwell "
                + "times, occupancy by hour, and stays in doubt. A day that is not known is left out. Late events change days that are "
                + "over. `format=csv` answers with a table (RFC 4180).")
            .Produces<FacilityUseAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, UseCsv.MediaType)
            .WithResponseExample(UseCsv.Write(UseExamples.Facility))
            .WithResponseExample(UseExamples.Facility)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound,
                HttpProblems.BackOfficeUnavailable);

        routes.MapGet("/v1/use", ListAsync)
            .RequireDuty(DutyKind.Watch, DutyScope.Anywhere)
            .WithName("ListUse").WithTags("Facilities").WithSummary("How facilities were used in some days, one by one")
            .WithDescription(
                "All facilities that the caller may watch, in the order of the city file, with the sums of their days `from` to `to` (both "
                + "included, ISO 8601, at most 92), each by its own clocks. `after` is `next` of the page before, `limit` is 1 to 200, "
                + "usually 50. `inDoubt` has the stays that are in doubt now, by the archive. `format=csv` answers with a table of all of "
                + "them (RFC 4180), as it is read; an instance makes one at a time.")
            .Produces<CityUseAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, UseCsv.MediaType)
            .WithResponseExample(UseCsv.Header + UseCsv.Line("hsp", "Asia/Shanghai", UseExamples.City.Facilities[0].Sum))
            .WithResponseExample(UseExamples.City)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, TooManyTables,
                HttpProblems.BackOfficeUnavailable);
    }

    private static async Task<IResult> GetAsync(
        string id,
        string? from,
        string? to,
        string? format,
        CityDirectory city,
        UseReport report,
        CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        var (first, last) = DaysOf(from, to, format, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var use = facility.ToContract(first, last, await report.DaysAsync([facility.Id], first, last, cancellationToken));
        return format is null
            ? TypedResults.Ok(use)
            : TypedResults.File(Encoding.UTF8.GetBytes(UseCsv.Write(use)), TableType, TableName(facility.Id.Value, first, last));
    }

    private static async Task<IResult> ListAsync(
        string? from,
        string? to,
        string? after,
        int? limit,
        string? format,
        Staff staff,
        CityDirectory city,
        UseReport report,
        UseTables tables,
        IClock clock,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, string[]>();
        var (first, last) = DaysOf(from, to, format, faults);
        if (limit is < 1 or > MaxLimit)
        {
            faults["limit"] = [$"limit is a whole number from 1 to {MaxLimit}."];
        }

        if (after is not null && city.FindFacility(new(after)) is null)
        {
            faults["after"] = ["after is the text that the page before had as next."];
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        var left = city.Facilities.SkipWhile(facility => after is not null && facility.Id.Value != after).Skip(after is null ? 0 : 1)
            .Where(facility => staff.Duties.Allows(DutyKind.Watch, facility.Id)).ToList();
        if (format is null)
        {
            var page = left.Take(limit ?? UsualLimit).ToList();
            FacilityId[] ids = [.. page.Select(facility => facility.Id)];
            var since = clock.GetCurrentInstant() - UseReport.DoubtHistory;
            var sums = await report.SumsAsync(ids, first, last, cancellationToken);
            var doubts = await report.InDoubtAsync(ids, since, cancellationToken);
            return TypedResults.Ok(new CityUseAnswer(
                first,
                last,
                [.. page.Select(facility => facility.ToContract(sums[facility.Id], since, doubts[facility.Id]))],
                left.Count > page.Count ? page[^1].Id.Value : null));
        }

        if (tables.Begin() is not { } turn)
        {
            response.Headers.RetryAfter = TableTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return TooManyTables.ToResult();
        }

        response.RegisterForDispose(turn);
        return TypedResults.Stream(
            output => WriteAsync(output, left, report, first, last, cancellationToken),
            TableType,
            TableName("facilities", first, last));
    }

    /// <summary>
    /// Sends a table as it is read. If the database fails before anything is sent, the answer is a problem; later, it is cut off.
    /// </summary>
    private static async Task WriteAsync(
        Stream output,
        IReadOnlyList<Facility> facilities,
        UseReport report,
        LocalDate first,
        LocalDate last,
        CancellationToken cancellationToken)
    {
        var lines = new StringBuilder(UseCsv.Header);
        foreach (var some in facilities.Chunk(TablePortion))
        {
            var sums = await report.SumsAsync([.. some.Select(facility => facility.Id)], first, last, cancellationToken);
            foreach (var facility in some)
            {
                lines.Append(UseCsv.Line(facility.Id.Value, facility.TimeZone.Id, sums[facility.Id].ToContract()));
            }

            await SendAsync();
        }

        await SendAsync();

        async Task SendAsync()
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellationToken);
            lines.Clear();
        }
    }

    private static (LocalDate First, LocalDate Last) DaysOf(
        string? from, string? to, string? format, Dictionary<string, string[]> faults)
    {
        var (first, last) = (DayOf("from", from, faults), DayOf("to", to, faults));
        if (faults.Count == 0 && (last < first || Period.DaysBetween(first, last) >= MaxDays))
        {
            faults["to"] = [$"to is a day from the one of from on, and with it at most {MaxDays}."];
        }

        if (format is not null && format != UseCsv.Format)
        {
            faults["format"] = [$"format is {UseCsv.Format}, or left out."];
        }

        return (first, last);
    }

    private static LocalDate DayOf(string name, string? text, Dictionary<string, string[]> faults)
    {
        var parsed = LocalDatePattern.Iso.Parse(text ?? "");
        if (!parsed.Success)
        {
            faults[name] = [$"{name} is a day, such as 2026-05-04."];
        }

        return parsed.Success ? parsed.Value : default;
    }

    private static string TableName(string name, LocalDate from, LocalDate to) =>
        $"use-{name}-{LocalDatePattern.Iso.Format(from)}-{LocalDatePattern.Iso.Format(to)}.csv";
}
