using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Archive;
using Parking.Codes;
using Parking.Contracts;

namespace Parking.Api.Archive;

/// <summary>Archived stays for the citizens whose they are.</summary>
internal static class MyArchiveEndpoints
{
    public static void MapMyArchive(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/v1/me/archive/stays").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable, HttpProblems.BackOfficeUnavailable);

        mine.MapGet("", ListAsync)
            .WithName("GetMyArchivedStays").WithSummary("The stays of the calling citizen that have ended, kept for years")
            .WithDescription(
                "Those that ended last come first, also those that became part of another stay or did not take place. A stay is there "
                + "within seconds of its end. `cursor` is `next` of the page before, `limit` is 1 to 200, usually 50. Who shares a "
                + "vehicle with its owner does not find its stays here.")
            .WithResponseExample(ArchiveExamples.MyPage)
            .Meets(HttpProblems.InvalidRequest);

        mine.MapGet("{id}", GetAsync)
            .WithName("GetMyArchivedStay").WithSummary("One archived stay of the calling citizen, with every version since its end")
            .WithDescription("Each version has what changed, and the lines of the price that it had by then.")
            .WithResponseExample(ArchiveExamples.MyStay)
            .Meets(ArchiveEndpoints.StayNotArchived);
    }

    private static async Task<Results<Ok<MyArchivedStaysAnswer>, ValidationProblem>> ListAsync(
        string? cursor,
        int? limit,
        Citizen citizen,
        HolderRegistry holders,
        StaySearch search,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var faults = new Dictionary<string, string[]>();
        var (most, after) = ArchiveEndpoints.PageOf(cursor, limit, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        var holder = await holders.HolderOfAsync(citizen.Key);
        var plates = (await holders.LoadAccountAsync(holder)).PlatesEver;
        return TypedResults.Ok((await search.OfHolderAsync(holder, plates, most, after, cancellationToken)).ToOwnersContract());
    }

    private static async Task<Results<Ok<MyArchivedStayAnswer>, ProblemHttpResult>> GetAsync(
        string id,
        Citizen citizen,
        HolderRegistry holders,
        StaySearch search,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (!CodeId.TryParse(id, out var name))
        {
            return ArchiveEndpoints.StayNotArchived.ToResult();
        }

        var holder = await holders.HolderOfAsync(citizen.Key);
        var plates = (await holders.LoadAccountAsync(holder)).PlatesEver;
        return await search.FindOfHolderAsync(holder, name, plates, cancellationToken) is { } found
            ? TypedResults.Ok(found.ToOwnersContract())
            : ArchiveEndpoints.StayNotArchived.ToResult();
    }
}
