using System.Diagnostics;
using System.Reflection;
using System.Security.Claims;
using Parking.Events;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// The calling person, without the citizen code. Only the pipeline can create one, and only behind <see cref="Policies.Citizen"/>.
/// </summary>
internal sealed class Citizen
{
    /// <summary>The claim that carries the citizen code.</summary>
    public const string CodeClaim = "sub";

    /// <summary>The claim that carries entitlements: a list, or one text with spaces between them.</summary>
    public const string EntitlementsClaim = "entitlements";

    private Citizen(CitizenKey key, Entitlements entitlements)
    {
        Key = key;
        Entitlements = entitlements;
    }

    public CitizenKey Key { get; }

    /// <summary>The entitlements that the identity provider states.</summary>
    public Entitlements Entitlements { get; }

    /// <summary>The citizen of this principal; null if it has no citizen code.</summary>
    public static Citizen? Of(ClaimsPrincipal principal, ServiceSecrets secrets) =>
        principal.FindFirstValue(CodeClaim) is { Length: > 0 } code
            ? new(
                secrets.CitizenKeyOf(code),
                Entitlements.Of(principal.FindAll(EntitlementsClaim).Select(claim => claim.Value)))
            : null;

    public static ValueTask<Citizen?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        Of(context.User, context.RequestServices.GetRequiredService<ServiceSecrets>()) is { } citizen
            ? ValueTask.FromResult<Citizen?>(citizen)
            : throw new UnreachableException($"{parameter.Member.Name} takes a citizen, but its route does not require one.");
}
