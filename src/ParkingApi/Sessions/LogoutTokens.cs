using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Sessions;

/// <summary>Checks logout tokens as OpenID Connect Back-Channel Logout 1.0 says (section 2.6).</summary>
internal sealed class LogoutTokens(IOptionsMonitor<OpenIdConnectOptions> providers, PeopleTokens tokens, MachineTime machine)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly Duration ClockSkew = Duration.FromSeconds(30);

    private readonly IClock _clock = machine.Provider.ToClock();

    /// <summary>
    /// Who signed out, and when; null if the token is not one of the provider's for this service, or names nobody, or if the provider does
    /// not tell its keys.
    /// </summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Cancels the asking for the provider's keys.</param>
    public async Task<(string Subject, Instant At)?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var options = providers.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var manager = options.ConfigurationManager!;
        try
        {
            var result = await CheckAsync(options, token, await manager.GetConfigurationAsync(cancellationToken));
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                // The provider may have new keys.
                manager.RequestRefresh();
                result = await CheckAsync(options, token, await manager.GetConfigurationAsync(cancellationToken));
            }

            return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? Read(valid) : null;
        }
        catch (InvalidOperationException)
        {
            // What the library throws if the provider cannot be reached.
            return null;
        }
    }

    private Task<TokenValidationResult> CheckAsync(OpenIdConnectOptions options, string token, OpenIdConnectConfiguration provider) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = options.ClientId,
            IssuerSigningKeys = provider.SigningKeys,
            LifetimeValidator = tokens.IsInTime,
        });

    /// <summary>A token for signing in has a nonce and no such event; a token that only names a session names nobody.</summary>
    private (string Subject, Instant At)? Read(JsonWebToken token) =>
        token.TryGetPayloadValue<JsonElement>("events", out var events)
        && events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty(Event, out var about)
        && about.ValueKind == JsonValueKind.Object
        && !token.TryGetPayloadValue<object>("nonce", out _)
        && token.TryGetPayloadValue<long>(SignIn.IssuedClaim, out var seconds)
        && seconds > 0
        && seconds <= (_clock.GetCurrentInstant() + ClockSkew).ToUnixTimeSeconds()
        && token.Subject is { Length: > 0 } subject
            ? (subject, Instant.FromUnixTimeSeconds(seconds))
            : null;
}
