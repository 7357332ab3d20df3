using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using NodaTime;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// People's tokens. They come from the OpenID Connect provider in the standard section <c>Authentication:Schemes:Bearer</c> and have the
/// claims <c>sub</c> (the citizen code), <c>duty</c>, <c>staff</c> and <c>entitlements</c>.
/// </summary>
internal sealed class PeopleTokens(MachineTime machine) : IConfigureNamedOptions<JwtBearerOptions>, IValidateOptions<JwtBearerOptions>
{
    /// <summary>The only path with the token in the query: a browser cannot send headers with a WebSocket.</summary>
    public const string HubPath = "/hubs";

    private const string QueryParameter = "access_token";

    /// <summary>How far the provider's clock may be off. The framework's default would accept an expired token for five minutes.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a token with duties may live. It cannot be renewed silently, so whoever finds one has it for no longer.
    /// </summary>
    public static readonly Duration LongestWithDuties = Duration.FromMinutes(15);

    private const string Section = "Authentication:Schemes:Bearer";

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters.ClockSkew = ClockSkew;
        options.TokenValidationParameters.NameClaimType = Citizen.CodeClaim;
        options.TokenValidationParameters.LifetimeValidator = IsInTime;
        options.Events = new()
        {
            OnMessageReceived = TakeTokenFromQuery,
            OnTokenValidated = CheckDuties,
            OnChallenge = ExplainRefusal,
        };
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

    /// <summary>Whether a token is in its time by the machine's clock, also where the service's time is virtual.</summary>
    public bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = machine.Provider.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && !(notBefore > now + ClockSkew);
    }

    /// <summary>A token with duties says whose it is and since when, so that it can be withdrawn, and is short.</summary>
    private static Task CheckDuties(TokenValidatedContext context)
    {
        var person = context.Principal!;
        if (person.HasClaim(claim => claim.Type == DutyReader.Claim))
        {
            var life = SignIn.TimeOf(person, SignIn.ExpiryClaim) - SignIn.TimeOf(person, SignIn.IssuedClaim);
            if (!person.HasClaim(claim => claim is { Type: Citizen.CodeClaim, Value.Length: > 0 }) || life is null)
            {
                context.Fail(new RefusedToken("A token with the claim duty needs the claims sub, iat and exp."));
            }
            else if (life > LongestWithDuties)
            {
                context.Fail(new RefusedToken(
                    $"A token with the claim duty may live for {LongestWithDuties.TotalMinutes:0} minutes, from iat to exp. "
                    + "Get a shorter one."));
            }
        }

        return Task.CompletedTask;
    }

    private static async Task ExplainRefusal(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is RefusedToken refused)
        {
            context.HandleResponse();
            await SignInGuard.RefuseAsync(context.HttpContext, refused.Message);
        }
    }

    private static Task TakeTokenFromQuery(MessageReceivedContext context)
    {
        if (IsInQuery(context.Request))
        {
            context.Token = context.Request.Query[QueryParameter];
        }

        return Task.CompletedTask;
    }

    /// <summary>A genuine token that is of no use here, and why: the caller is told.</summary>
    private sealed class RefusedToken(string message) : Exception(message);
}
