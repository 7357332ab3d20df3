using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Parking.Rights;

namespace Parking.Api.Hosting.Identity;

/// <summary>The caller has a duty in the scope that the request is about.</summary>
/// <param name="Kind">The duty.</param>
/// <param name="Scope">Where.</param>
internal sealed record DutyRequirement(DutyKind Kind, DutyScope Scope) : IAuthorizationRequirement
{
    /// <summary>Says that the caller's duties do not include what is needed.</summary>
    /// <param name="handler">Who found it.</param>
    /// <param name="needed">
    /// The duty, such as <c>operate@facility:f03</c>; only its kind where the scope is not the caller's to know.
    /// </param>
    public sealed class Missing(IAuthorizationHandler handler, string needed) : AuthorizationFailureReason(handler, needed);

    public sealed class Handler(DutyReader reader) : AuthorizationHandler<DutyRequirement>
    {
        /// <summary>The scope is looked for only if the caller has the duty anywhere: outsiders cause no reads.</summary>
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, DutyRequirement requirement)
        {
            var (kind, where) = requirement;
            var http = (HttpContext)context.Resource!;
            var duties = reader.Of(context.User);
            var may = duties.AllowSomewhere(kind);
            var scope = may || where.IsNamedByCaller ? await where.FindAsync(http) : null;
            if (scope is { } needed && duties.FirstThatAllows(kind, needed) is { } duty)
            {
                http.Features.Set(new GrantedDuty(duty, needed));
                context.Succeed(requirement);
            }
            else if (may && scope is null)
            {
                context.Succeed(requirement);
            }
            else
            {
                context.Fail(new Missing(
                    this, where.IsNamedByCaller && scope is { } named ? new Duty(kind, named).ToString() : Duty.NameOf(kind)));
            }
        }
    }
}

/// <summary>By which right a request was let in: for the audit.</summary>
/// <param name="Duty">The caller's duty.</param>
/// <param name="Scope">What the request is about, as far as rights are concerned.</param>
internal sealed record GrantedDuty(Duty Duty, Scope Scope)
{
    public static ValueTask<GrantedDuty?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<GrantedDuty?>(context.Features.GetRequiredFeature<GrantedDuty>());
}

/// <summary>Says who may call an endpoint.</summary>
internal static class DutyEndpoints
{
    /// <summary>A wall screen may not call, although it watches: it shows what happens, and nobody takes that away from it.</summary>
    public static TBuilder RefuseScreens<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder(IdentitySetup.PeopleScheme)
            .RequireAssertion(context => Screens.ClaimOf(context.User) is null).Build());

    /// <summary>Only people with this duty in the scope that a request is about may call.</summary>
    public static TBuilder RequireDuty<TBuilder>(this TBuilder builder, DutyKind kind, DutyScope scope)
        where TBuilder : IEndpointConventionBuilder
    {
        var requirement = new DutyRequirement(kind, scope);
        return builder.WithMetadata(requirement).RequireAuthorization(
            new AuthorizationPolicyBuilder(IdentitySetup.PeopleScheme).RequireAuthenticatedUser().AddRequirements(requirement).Build());
    }
}
