using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using Parking.Api.Hosting.Problems;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// Refuses people whose sign-in was withdrawn, wherever somebody has to be signed in. Follows authentication and precedes authorization.
/// What everybody may call never asks the store for it, and neither does what must work without one (<see cref="WithoutStore"/>).
/// </summary>
internal sealed class SignInGuard(RequestDelegate next, SignIns signIns, ServiceSecrets secrets)
{
    private const string Ended = "This sign-in was ended. Sign in again.";

    public async Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAuthorizeData>() is not null
            && metadata.GetMetadata<IAllowAnonymous>() is null
            && metadata.GetMetadata<WithoutStore>() is null
            && SignIn.Of(context.User, secrets) is { } signIn
            && !await signIns.StandAsync(signIn))
        {
            await RefuseAsync(context, Ended);
            return;
        }

        await next(context);
    }

    /// <summary>Marks endpoints that must answer while the store is away: nobody is asked whether the sign-in was withdrawn.</summary>
    public sealed record WithoutStore;

    /// <summary>Answers 401 and says why (RFC 6750, section 3.1).</summary>
    public static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.Headers.Append(
            HeaderNames.WWWAuthenticate, $"{JwtBearerDefaults.AuthenticationScheme} error=\"invalid_token\", error_description=\"{why}\"");
        return HttpProblems.Unauthenticated.ToResult(why).ExecuteAsync(context);
    }
}
