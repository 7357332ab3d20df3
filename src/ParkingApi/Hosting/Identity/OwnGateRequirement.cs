using Microsoft.AspNetCore.Authorization;

namespace Parking.Api.Hosting.Identity;

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
