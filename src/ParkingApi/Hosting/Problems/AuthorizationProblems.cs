using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Tells a gate that calls another gate's address why it is forbidden: most likely it has the wrong settings.
/// </summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _standard = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden && authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<OwnGateRequirement>().Any() == true
            ? HttpProblems.GateMismatch.ToResult().ExecuteAsync(context)
            : _standard.HandleAsync(next, context, policy, authorizeResult);
}
