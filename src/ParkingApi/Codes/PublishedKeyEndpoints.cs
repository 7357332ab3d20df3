using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.OpenApi;

namespace Parking.Api.Codes;

/// <summary>The public keys that verify codes, for gates and everybody else.</summary>
internal static class PublishedKeyEndpoints
{
    private const string JwkSet = "application/jwk-set+json";
    private const string CoseKeySet = "application/cose-key-set";

    private static readonly object JwksExample = new
    {
        keys = new[]
        {
            new
            {
                kty = "EC", crv = "P-256",
                x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                kid = "8d97a6f2", alg = "ES256", use = "sig",
            },
        },
    };

    public static void MapPublishedKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/.well-known").WithTags("Keys").AllowAnonymous();

        keys.MapGet("/jwks.json", GetJwks)
            .WithName("GetJwks").WithSummary("The keys as a JSON Web Key Set (RFC 7517)")
            .WithDescription("Ask again with If-None-Match: 304 means that nothing has changed.")
            .Produces<string>(StatusCodes.Status200OK, JwkSet).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample(JwksExample);
        keys.MapGet("/cose-keys", GetCoseKeys)
            .WithName("GetCoseKeys").WithSummary("The same keys as a COSE_KeySet (RFC 9052, section 7)")
            .WithDescription("CBOR. Ask again with If-None-Match: 304 means that nothing has changed.")
            .Produces<byte[]>(StatusCodes.Status200OK, CoseKeySet).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample("81a7010202448d97a6f20326048102200121582…");
    }

    private static FileContentHttpResult GetJwks(PublishedKeys keys, HttpResponse response) => keys.Jwks.Send(JwkSet, response);

    private static FileContentHttpResult GetCoseKeys(PublishedKeys keys, HttpResponse response) =>
        keys.CoseKeySet.Send(CoseKeySet, response);
}
