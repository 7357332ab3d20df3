using Microsoft.AspNetCore.Authorization;

namespace Parking.Api.Hosting.Identity;

/// <summary>Who may call: the names of the authorization policies. Duties: <see cref="DutyRequirement"/>.</summary>
internal static class Policies
{
    /// <summary>A person with a citizen code, on a valid token.</summary>
    public const string Citizen = "citizen";

    /// <summary>A person with a citizen code, on a valid token, or a wall screen.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>The gate that the route's <c>gateId</c> names, and no other.</summary>
    public const string Gate = "gate";
}

/// <summary>The route's <c>gateId</c> is the gate that is calling.</summary>
internal sealed class OwnGateRequirement : IAuthorizationRequirement
{
    public const string RouteParameter = "gateId";

    public sealed class Handler : AuthorizationHandler<OwnGateRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OwnGateRequirement requirement)
        {
            if (context.Resource is HttpContext http
                && GateAuthenticationHandler.GateOf(http) is { } gate
                && http.GetRouteValue(RouteParameter) is string named
                && named == gate.Id.Value)
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
