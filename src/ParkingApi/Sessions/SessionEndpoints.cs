using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Parking.Api.Hosting.Browsers;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Pages;

namespace Parking.Api.Sessions;

/// <summary>A browser's session: signing in, signing out, and who is signed in.</summary>
internal static class SessionEndpoints
{
    private const string StartPage = "/driver";

    private static readonly ProblemKind NoSignIn = new(
        "no-sign-in",
        StatusCodes.Status404NotFound,
        "Nobody can sign in here",
        "The service knows no OpenID Connect provider. Name one in Authentication:Schemes:OpenIdConnect.");

    /// <summary>The pages to which a sign-in may lead. Any other address would let a link send people elsewhere.</summary>
    private static readonly string[] StartPages = ["/console", "/driver"];

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", SignInAsync).ExcludeFromDescription().AllowAnonymous();
        routes.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription().AllowAnonymous();
        routes.MapGet("/v1/session", Get)
            .WithName("GetSession").WithTags("People").WithSummary("Who is signed in, and the token for calls with the cookie")
            .WithDescription("For the service's own pages. A program with a bearer token has no use for it.")
            .RequireAuthorization(Policies.SignedIn)
            .WithResponseExample(new SessionAnswer("陈薇", true, "CfDJ8…", PagesSetup.Build) { Duties = ["operate@district:huangpu"] })
            .Meets(HttpProblems.Unauthenticated);
    }

    /// <summary>Leads to the provider, and afterwards to the page that <paramref name="to"/> names.</summary>
    /// <param name="to">One of the pages.</param>
    /// <param name="again">
    /// Whether the provider is to ask who it is even if it knows somebody: after signing out, the next person must not become the last one.
    /// </param>
    /// <param name="schemes">The ways to sign in.</param>
    private static async Task<Results<ChallengeHttpResult, ProblemHttpResult>> SignInAsync(
        string? to, bool? again, IAuthenticationSchemeProvider schemes) =>
        await schemes.GetSchemeAsync(OpenIdConnectDefaults.AuthenticationScheme) is null
            ? NoSignIn.ToResult()
            : TypedResults.Challenge(
                new OpenIdConnectChallengeProperties
                {
                    RedirectUri = PageOf(to),
                    Prompt = again == true ? OpenIdConnectPrompt.Login : null,
                },
                [OpenIdConnectDefaults.AuthenticationScheme]);

    private static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Ok<SessionAnswer> Get(HttpContext context, IAntiforgery antiforgery, Staff staff)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new SessionAnswer(
            context.User.FindFirst(SignInSchemes.NameClaim)?.Value,
            !staff.Duties.AreNone,
            antiforgery.GetAndStoreTokens(context).RequestToken!,
            PagesSetup.Build)
        {
            Duties = [.. staff.Duties.All.Select(duty => duty.ToString())],
        });
    }

    /// <summary>Where a sign-in leads: to <paramref name="to"/> if that is one of the pages, otherwise to the drivers' page.</summary>
    internal static string PageOf(string? to) =>
        to is not null && Array.Exists(StartPages, page => to == page || to.StartsWith($"{page}?", StringComparison.Ordinal))
            ? to
            : StartPage;
}
