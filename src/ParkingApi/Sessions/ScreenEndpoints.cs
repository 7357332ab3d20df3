using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Browsers;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Sessions;

/// <summary>Wall screens: naming, listing and revoking them, for administrators; and opening one in its own browser.</summary>
internal static partial class ScreenEndpoints
{
    /// <summary>The page on which a screen is opened, and where its module posts the code.</summary>
    public const string OpenPath = "/sign-in/screen";

    private static readonly ProblemKind ScreenNotFound = new(
        "screen-not-found", StatusCodes.Status404NotFound, "There is no such wall screen", "Or it was revoked.");

    private static readonly ProblemKind ScreenConflict = new(
        "screen-conflict",
        StatusCodes.Status409Conflict,
        "Another wall screen has this id",
        "An id names one screen, also after it was revoked. Draw a new one for each.");

    private static readonly ProblemKind CodeOpensNothing = new(
        "screen-code-not-valid",
        StatusCodes.Status404NotFound,
        "The code opens no wall screen",
        "It works once and for ten minutes. An administrator names the screen again.");

    private static readonly ScreenAnswer Example = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
        Name = "Control room, left",
        Scope = "district:huangpu",
        NamedBy = "s-1042",
        NamedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        OpenedAt = Instant.FromUtc(2026, 5, 4, 9, 38, 2),
        SeenAt = Instant.FromUtc(2026, 5, 6, 14, 12, 0),
    };

    public static void MapScreens(this IEndpointRouteBuilder routes)
    {
        var screens = routes.MapGroup("/v1/screens").WithTags("Rights")
            .RequireDuty(DutyKind.Admin, DutyScope.City)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.StoreUnavailable);

        screens.MapGet("", ListAsync)
            .WithName("ListScreens").WithSummary("All wall screens, and when each was last seen")
            .WithDescription(
                "The last named first. A screen of which what is kept is damaged or of a later version has only its id, in unreadable: "
                + "it is refused, and can be revoked.")
            .WithResponseExample(new ScreenListAnswer([Example]));

        screens.MapPost("", NameAsync)
            .Audits(call => AuditSubject.OfScreen(
                "name_screen",
                call.GetArgument<ScreenRequest>(0).Id,
                ScopeIn(call.HttpContext.RequestServices.GetRequiredService<CityDirectory>(), call.GetArgument<ScreenRequest>(0).Scope)))
            .WithName("NameScreen").WithSummary("Names a wall screen, and makes the code that opens it once")
            .WithDescription(
                "Open the link in the screen's browser within ten minutes, or type the code at /sign-in/screen. From then on this browser "
                + "watches the scope, and can do nothing else, until the screen is revoked. The same request with the same id again "
                + "changes nothing; it has the code as long as that counts.")
            .WithRequestExample(new ScreenRequest { Id = Example.Id, Name = Example.Name, Scope = Example.Scope })
            .WithResponseExample(new ScreenCodeAnswer
            {
                Id = Example.Id,
                Code = "7Q2MX4WB9K",
                Link = $"https://parking.example{OpenPath}#7Q2MX4WB9K",
                CodeUntil = Example.NamedAt + Screens.CodeLifetime,
            })
            .Meets(HttpProblems.InvalidRequest, ScreenConflict);

        screens.MapDelete("{id}", RevokeAsync)
            .Audits(call => AuditSubject.OfScreen("revoke_screen", call.GetArgument<string>(0)))
            .WithName("RevokeScreen").WithSummary("Ends a wall screen")
            .WithDescription("Its calls are refused at once, its hub connection ends within 30 seconds, and its code opens nothing.")
            .Meets(ScreenNotFound);

        routes.MapPost(OpenPath, OpenAsync).ExcludeFromDescription().AllowAnonymous()
            .RequireRateLimiting(RateLimits.OpeningScreens)
            .AuditsEach();
    }

    private static async Task<Ok<ScreenListAnswer>> ListAsync(Screens screens)
    {
        var (all, unreadable) = await screens.ListAsync();
        return TypedResults.Ok(new ScreenListAnswer([.. all.Select(ToContract)]) { Unreadable = unreadable.Count > 0 ? unreadable : null });
    }

    private static async Task<Results<Ok<ScreenCodeAnswer>, ValidationProblem, ProblemHttpResult>> NameAsync(
        ScreenRequest request,
        HttpResponse response,
        CityDirectory city,
        Screens screens,
        PageOrigin origin,
        Staff staff,
        ILogger<Screens> logger)
    {
        var faults = new Dictionary<string, string[]>();
        if (!PlainText.IsOneLine(request.Name))
        {
            faults["name"] = ["name is one line of text for people."];
        }

        var scope = ScopeIn(city, request.Scope);
        if (scope is null)
        {
            faults["scope"] = ["scope is city, or district:<id> or facility:<id> of the city."];
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (await screens.NameAsync(request.Id, request.Name, scope!.Value, staff.Name) is not var (screen, isNew))
        {
            return ScreenConflict.ToResult();
        }

        response.Headers.CacheControl = "no-store";
        var code = screens.CodeOf(screen);
        if (isNew)
        {
            Named(logger, staff, screen.Id, screen.Scope);
        }

        return TypedResults.Ok(new ScreenCodeAnswer
        {
            Id = screen.Id,
            Code = code,

            // What follows # stays in the browser: it is in no log on the way, and whoever previews links does not use it up.
            Link = code is null ? null : $"{new Uri(origin.Value, OpenPath)}#{code}",
            CodeUntil = screen.NamedAt + Screens.CodeLifetime,
        });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, Screens screens, Staff staff, ILogger<Screens> logger)
    {
        if (!await screens.RevokeAsync(id))
        {
            return ScreenNotFound.ToResult();
        }

        Revoked(logger, staff, id);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Whoever was signed in with this browser is not any more. Nobody is signed in here, so the audit has the screen itself, with the duty
    /// that it gets.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> OpenAsync(
        OpenScreenRequest request, HttpContext context, Screens screens, DutyReader duties, AuditedActs acts, ILogger<Screens> logger)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await screens.FindAsync(request.Code) is not { } opening)
        {
            return CodeOpensNothing.ToResult();
        }

        var (screen, _, principal) = opening;
        BegunAct begun;
        try
        {
            begun = await acts.BeginAsync(
                AuditSubject.OfScreen("open_screen", screen.Id, screen.Scope),
                Staff.Of(principal, duties),
                new(Screens.DutyOf(screen), screen.Scope));
        }
        catch (BackOfficeUnavailableException)
        {
            return AuditedEndpoints.Refuse(context.Response);
        }

        bool isOpened;
        try
        {
            isOpened = await screens.OpenAsync(opening);
        }
        catch (Exception e)
        {
            await acts.EndAsync(begun, AuditedEndpoints.NameOf(e));
            throw;
        }

        await acts.EndAsync(begun, isOpened ? AuditedActs.Done : CodeOpensNothing.Name);
        if (!isOpened)
        {
            return CodeOpensNothing.ToResult();
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal);
        Opened(logger, screen.Id, screen.Scope);
        return TypedResults.NoContent();
    }

    /// <returns>The scope of this name; null if it is none of the city.</returns>
    private static Scope? ScopeIn(CityDirectory city, string name) =>
        Scope.TryParse(name, out var scope)
        && (scope.Facility is { } facility ? city.FindFacility(facility) is not null
            : scope.District is not { } district || city.Districts.Any(known => known.Id == district))
            ? scope
            : null;

    private static ScreenAnswer ToContract(Screen screen) => new()
    {
        Id = screen.Id,
        Name = screen.Name,
        Scope = screen.Scope.ToString(),
        NamedBy = screen.NamedBy,
        NamedAt = screen.NamedAt,
        OpenedAt = screen.OpenedAt,
        SeenAt = screen.SeenAt,
    };

    /// <remarks>The name is not logged: people wrote it.</remarks>
    [LoggerMessage(9061, LogLevel.Information, "Operator {Staff} named the wall screen {Screen} for {Scope}", EventName = "ScreenNamed")]
    private static partial void Named(ILogger logger, Staff staff, string screen, Scope scope);

    [LoggerMessage(9062, LogLevel.Information, "The wall screen {Screen} for {Scope} was opened", EventName = "ScreenOpened")]
    private static partial void Opened(ILogger logger, string screen, Scope scope);

    [LoggerMessage(9063, LogLevel.Information, "Operator {Staff} revoked the wall screen {Screen}", EventName = "ScreenRevoked")]
    private static partial void Revoked(ILogger logger, Staff staff, string screen);
}
