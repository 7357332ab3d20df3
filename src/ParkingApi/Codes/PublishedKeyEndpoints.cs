using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.OpenApi;

namespace Parking.Api.Codes;

/// <summary>The public keys that verify codes and the certificates of devices, for gates and everybody else.</summary>
internal static class PublishedKeyEndpoints
{
    private const string JwkSet = "application/jwk-set+json";
    private const string CoseKeySet = "application/cose-key-set";
    private const string AskAgain = "Ask again with If-None-Match: 304 means that nothing has changed.";

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

    private static readonly object CertificateJwksExample = new
    {
        keys = new[]
        {
            new Dictionary<string, string>
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = "Wg3ikMVZVmFvFVJroF-PuSOGkQY-4azch3HJdYVYHqo",
                ["y"] = "pZ2oivNz5od4kktaPIld4y13x2GOv2V3sN-RcRedhpM",
                ["kid"] = "750a249a",
                ["alg"] = "ES256",
                ["use"] = "sig",
                ["urn:parking:signs"] = "device-certificates",
            },
        },
    };

    public static void MapPublishedKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/.well-known").WithTags("Keys").AllowAnonymous();

        MapJwks(keys, "/jwks.json", published => published.Codes, JwksExample)
            .WithName("GetJwks").WithSummary("The keys of codes as a JSON Web Key Set (RFC 7517)")
            .WithDescription(AskAgain);
        MapCoseKeys(keys, "/cose-keys", published => published.Codes)
            .WithName("GetCoseKeys").WithSummary("The keys of codes as a COSE_KeySet (RFC 9052, section 7)")
            .WithDescription($"CBOR. {AskAgain}");
        MapJwks(keys, "/certificate-jwks.json", published => published.Certificates, CertificateJwksExample)
            .WithName("GetCertificateJwks").WithSummary("The keys of devices' certificates as a JSON Web Key Set (RFC 7517)")
            .WithDescription($"They verify no code by themselves. The set can be empty. {AskAgain}");
        MapCoseKeys(keys, "/certificate-cose-keys", published => published.Certificates)
            .WithName("GetCertificateCoseKeys").WithSummary("The keys of devices' certificates as a COSE_KeySet (RFC 9052, section 7)")
            .WithDescription($"CBOR. {AskAgain}");
    }

    private static RouteHandlerBuilder MapJwks(
        RouteGroupBuilder keys, string path, Func<PublishedKeys, KeySetForms> set, object example) =>
        keys.MapGet(path, FileContentHttpResult (PublishedKeys published, HttpResponse response) =>
                set(published).Jwks.Send(JwkSet, response))
            .Produces<string>(StatusCodes.Status200OK, JwkSet).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample(example);

    private static RouteHandlerBuilder MapCoseKeys(RouteGroupBuilder keys, string path, Func<PublishedKeys, KeySetForms> set) =>
        keys.MapGet(path, FileContentHttpResult (PublishedKeys published, HttpResponse response) =>
                set(published).CoseKeySet.Send(CoseKeySet, response))
            .Produces<byte[]>(StatusCodes.Status200OK, CoseKeySet).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample("81a7010202448d97a6f20326048102200121582…");
}
