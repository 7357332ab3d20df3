using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>Describes in the document how callers authenticate.</summary>
internal sealed class SecuritySchemes : IOpenApiDocumentTransformer
{
    public const string Person = "person";
    public const string Gate = "gate";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Person] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the city's OpenID Connect provider. "
                    + "Claim sub: the citizen code. Claims duty, such as operate@district:huangpu: what an operator may do where; "
                    + "a token with any lives for at most 15 minutes.",
            },
            [Gate] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "Authorization",
                Description = "The word Gate, a space, and the gate's own key: 43 characters of base64url.",
            },
        };
        return Task.CompletedTask;
    }
}
