using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Hosting.Problems;

/// <summary>Says why a known caller may not: a gate at another gate's address has most likely been given the wrong settings.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden && authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<OwnGateRequirement>().Any() == true
            ? HttpProblems.GateMismatch.ToResult().ExecuteAsync(context)
            : _standard.HandleAsync(next, context, policy, authorizeResult);
}
