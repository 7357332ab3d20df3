using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Tells a gate that calls another gate's address why it is forbidden: most likely it has the wrong settings. Tells a person which duty
/// is needed.
/// </summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _standard = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden && ProblemOf(authorizeResult.AuthorizationFailure) is { } problem
            ? problem.ExecuteAsync(context)
            : _standard.HandleAsync(next, context, policy, authorizeResult);

    private static ProblemHttpResult? ProblemOf(AuthorizationFailure? failure)
    {
        if (failure?.FailureReasons.OfType<DutyRequirement.Missing>().FirstOrDefault() is { } missing)
        {
            return HttpProblems.Forbidden.ToResult(
                new Dictionary<string, object?> { ["needed"] = missing.Message }, $"It needs the duty {missing.Message}.");
        }

        return failure?.FailedRequirements.OfType<OwnGateRequirement>().Any() == true ? HttpProblems.GateMismatch.ToResult() : null;
    }
}
