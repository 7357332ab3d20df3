using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// People's tokens. They come from the OpenID Connect provider in the standard section <c>Authentication:Schemes:Bearer</c> and have the
/// claims <c>sub</c> (the citizen code), <c>role</c> and <c>entitlements</c>.
/// </summary>
internal sealed class PeopleTokens : IConfigureNamedOptions<JwtBearerOptions>, IValidateOptions<JwtBearerOptions>
{
    /// <summary>The only path with the token in the query: a browser cannot send headers with a WebSocket.</summary>
    public const string HubPath = "/hubs";

    private const string QueryParameter = "access_token";

    /// <summary>How far the provider's clock may be off. The framework's default would accept an expired token for five minutes.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const string Section = "Authentication:Schemes:Bearer";

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters.ClockSkew = ClockSkew;
        options.TokenValidationParameters.NameClaimType = Citizen.CodeClaim;
        options.TokenValidationParameters.RoleClaimType = Citizen.RoleClaim;
        options.Events = new() { OnMessageReceived = TakeTokenFromQuery };
    }

    public ValidateOptionsResult Validate(string? name, JwtBearerOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        var accepted = options.TokenValidationParameters;
        if (string.IsNullOrEmpty(options.Authority)
            && string.IsNullOrEmpty(options.MetadataAddress)
            && accepted.IssuerSigningKeys?.Any() != true)
        {
            errors.AddError(
                $"{Section}:Authority is missing. Name the OpenID Connect provider that signs people's tokens "
                + $"(or {Section}:ValidIssuer and SigningKeys).");
        }

        if (string.IsNullOrEmpty(options.Audience)
            && string.IsNullOrEmpty(accepted.ValidAudience)
            && accepted.ValidAudiences?.Any() != true)
        {
            errors.AddError($"{Section}:ValidAudience is missing. Name the audience that tokens for this service carry.");
        }

        return errors.Build();
    }

    /// <summary>Whether the request carries its token in the query.</summary>
    public static bool IsInQuery(HttpRequest request) =>
        request.Path.StartsWithSegments(HubPath) && request.Query[QueryParameter] is [{ Length: > 0 }];

    private static Task TakeTokenFromQuery(MessageReceivedContext context)
    {
        if (IsInQuery(context.Request))
        {
            context.Token = context.Request.Query[QueryParameter];
        }

        return Task.CompletedTask;
    }
}
