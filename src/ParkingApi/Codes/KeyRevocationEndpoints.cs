using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Codes;
using Parking.Contracts;

namespace Parking.Api.Codes;

/// <summary>For when a key's secret may be in other hands.</summary>
internal static class KeyRevocationEndpoints
{
    private static readonly ProblemKind KeyNotFound = new(
        "key-not-found", StatusCodes.Status404NotFound, "There is no such key", "Or it was dropped, and is believed no more anyway.");

    public static void MapKeyRevocation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/keys/{kid}/revoke", Revoke)
            .WithName("RevokeKey").WithTags("Keys").WithSummary("Takes a signing key out of use for good")
            .WithDescription(
                "From now on no code of it opens a barrier, and gates learn so with their next heartbeat. If it was the signing key, the announced successor or a fresh key signs at once; "
                + "gates that are offline do not know a fresh one, and refuse its codes until they come back.")
            .RequireAuthorization(Policies.Operator)
            .WithResponseExample(new RevokedKeyAnswer { Key = "8d97a6f2", Signer = "1b6f03ce" })
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, KeyNotFound);

    private static Results<Ok<RevokedKeyAnswer>, ProblemHttpResult> Revoke(string kid, KeyRotation rotation, CodeKeys keys, IClock clock) =>
        KeyId.TryParse(kid, out var key) && rotation.Revoke(key)
            ? TypedResults.Ok(new RevokedKeyAnswer { Key = key.ToString(), Signer = keys.Current.Ring.SignerAt(clock.GetCurrentInstant()).Id.ToString() })
            : KeyNotFound.ToResult();
}
