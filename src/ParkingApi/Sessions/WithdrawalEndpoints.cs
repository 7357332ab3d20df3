using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime.Extensions;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Ports;
using Parking.Rights;

namespace Parking.Api.Sessions;

/// <summary>Ending all sign-ins of a person: by the provider at which they signed out, and by an administrator.</summary>
internal static partial class WithdrawalEndpoints
{
    /// <summary>Where the provider sends its logout tokens.</summary>
    public const string BackChannelPath = "/back-channel-logout";

    private const string LogoutToken = "logout_token";

    /// <summary>The standard knows no other status for whatever goes wrong (section 2.8).</summary>
    private static readonly ProblemKind LogoutFailed = new(
        "logout-failed",
        StatusCodes.Status400BadRequest,
        "Nobody was signed out",
        "Send logout_token as a form: a valid token of the provider for this client, with the claim sub.");

    /// <summary>For administrators.</summary>
    public static void MapWithdrawals(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/withdrawals", WithdrawAsync)
            .WithName("WithdrawSignIns").WithTags("Rights").WithSummary("Ends all sign-ins of a person")
            .WithDescription(
                "Tokens and cookies that were issued until now count no more: calls with duties end at once, hub connections and "
                + "recordings within 30 seconds, a driver's other calls within 5 minutes. It does not keep the person from signing in "
                + "again: what they may then do, the identity provider says.")
            .RequireDuty(DutyKind.Admin, DutyScope.City)
            .Audits(_ => AuditSubject.OfCity("withdraw_sign_ins"))
            .WithRequestExample(new WithdrawalRequest { Subject = "310101199001011234" })
            .Meets(HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.StoreUnavailable);

    /// <summary>For the provider at which browsers sign in.</summary>
    public static void MapBackChannelLogout(this IEndpointRouteBuilder routes) =>
        routes.MapPost(BackChannelPath, LogOutAsync).ExcludeFromDescription().AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        WithdrawalRequest request, ServiceSecrets secrets, SignIns signIns, MachineTime machine, Staff staff, ILogger<SignIns> logger)
    {
        if (request.Subject.Length == 0)
        {
            return HttpProblems.InvalidRequest.ToResult("subject is empty.");
        }

        await signIns.WithdrawAsync(secrets.CitizenKeyOf(request.Subject), machine.Provider.ToClock().GetCurrentInstant());
        Withdrawn(logger, staff);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok, ProblemHttpResult>> LogOutAsync(
        HttpContext context,
        IAuthenticationSchemeProvider schemes,
        LogoutTokens tokens,
        ServiceSecrets secrets,
        SignIns signIns,
        ILogger<SignIns> logger)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await schemes.GetSchemeAsync(OpenIdConnectDefaults.AuthenticationScheme) is null
            || await ReadTokenAsync(context.Request, context.RequestAborted) is not { } token
            || await tokens.ReadAsync(token, context.RequestAborted) is not var (subject, at))
        {
            return LogoutFailed.ToResult();
        }

        try
        {
            // By the provider's clock, as all its tokens are: the same token again changes nothing.
            await signIns.WithdrawAsync(secrets.CitizenKeyOf(subject), at);
        }
        catch (StoreUnavailableException)
        {
            return LogoutFailed.ToResult(HttpProblems.StoreUnavailable.Title);
        }

        LoggedOut(logger);
        return TypedResults.Ok();
    }

    /// <summary>The token in a request's form; null if it has none, or the form cannot be read.</summary>
    private static async Task<string?> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.HasFormContentType && (await request.ReadFormAsync(cancellationToken))[LogoutToken] is [{ Length: > 0 } token]
                ? token
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // What the framework throws for a form that breaks off, or has too many fields.
            return null;
        }
    }

    [LoggerMessage(1014, LogLevel.Information, "Operator {Staff} ended all sign-ins of a person", EventName = "SignInsWithdrawn")]
    private static partial void Withdrawn(ILogger logger, Staff staff);

    [LoggerMessage(1015, LogLevel.Information, "The identity provider ended all sign-ins of a person", EventName = "LoggedOutByProvider")]
    private static partial void LoggedOut(ILogger logger);
}
