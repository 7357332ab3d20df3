using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Codes;
using Parking.Contracts;
using Parking.Rights;

namespace Parking.Api.Codes;

/// <summary>The endpoint that revokes a signing key whose secret may have leaked.</summary>
internal static class KeyRevocationEndpoints
{
    private static readonly ProblemKind KeyNotFound = new(
        "key-not-found", StatusCodes.Status404NotFound, "There is no such key", "Or it was dropped, and is no longer accepted.");

    public static void MapKeyRevocation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/keys/{kid}/revoke", Revoke)
            .WithName("RevokeKey").WithTags("Keys").WithSummary("Revokes a signing key for good")
            .WithDescription(
                "No code of the key, or with a certificate of it, opens a barrier from now on; gates learn it with their next heartbeat. "
                + "If it was a signing key, the announced successor or a new key signs at once. "
                + "Gates that are offline do not know a new key, and refuse what it signs until they are back online.")
            .RequireDuty(DutyKind.Admin, DutyScope.City)
            .Audits(call => AuditSubject.OfKey("revoke_key", call.HttpContext, "kid"))
            .WithResponseExample(new RevokedKeyAnswer { Key = "8d97a6f2", Signer = "1b6f03ce" })
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, KeyNotFound);

    private static Results<Ok<RevokedKeyAnswer>, ProblemHttpResult> Revoke(
        string kid, KeyRotation rotation, CodeKeys keys, Staff staff, IClock clock)
    {
        if (!KeyId.TryParse(kid, out var key) || !rotation.Revoke(key, staff))
        {
            return KeyNotFound.ToResult();
        }

        var signer = keys.Current.Ring.SignerLike(key, clock.GetCurrentInstant()).Id;
        return TypedResults.Ok(new RevokedKeyAnswer { Key = key.ToString(), Signer = signer.ToString() });
    }
}
