using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// How browsers sign in: OpenID Connect's code flow with PKCE at the provider of <c>Authentication:Schemes:OpenIdConnect</c>, and then a
/// cookie. The cookie holds only the claims that the service uses; no token is kept.
/// </summary>
internal sealed class SignInSchemes(PageOrigin origin, DevelopmentAssembly development)
    : IConfigureNamedOptions<CookieAuthenticationOptions>,
    IConfigureNamedOptions<OpenIdConnectOptions>,
    IPostConfigureOptions<CookieAuthenticationOptions>,
    IPostConfigureOptions<OpenIdConnectOptions>
{
    public const string CallbackPath = "/signed-in";

    /// <summary>The claim with the person's name.</summary>
    public const string NameClaim = "name";

    /// <summary>A browser accepts a cookie of this prefix only with Secure and Path=/ and without Domain.</summary>
    private const string CookieName = "__Host-parking";

    /// <summary>How long a sign-in lasts, whether it is used or not: an operator's for a shift, a driver's for a month.</summary>
    private static readonly TimeSpan OperatorSession = TimeSpan.FromHours(12), DriverSession = TimeSpan.FromDays(30);

    private static readonly string[] KeptClaims = [Citizen.CodeClaim, NameClaim, Staff.Claim, Citizen.RoleClaim, Citizen.EntitlementsClaim];

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = OperatorSession;
        options.SlidingExpiration = false;
        options.Events.OnSigningIn = SetExpiry;
    }

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // A form_post answer is a cross-site POST: a browser would not send the Lax cookies that protect the sign-in.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.CallbackPath = CallbackPath;
        options.TokenValidationParameters.NameClaimType = Citizen.CodeClaim;
        options.TokenValidationParameters.RoleClaimType = Citizen.RoleClaim;
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.Always;
        }

        options.Events.OnRedirectToIdentityProvider = LeadBackToOrigin;
        options.Events.OnTokenValidated = KeepClaims;
        options.Events.OnRemoteFailure = Fail;
        if (development.IsLoaded)
        {
            options.MetadataAddress = new Uri(origin.Value, DevelopmentAssembly.MetadataPath).AbsoluteUri;
            options.ClientId = DevelopmentAssembly.ClientId;
            options.RequireHttpsMetadata = false;
        }
    }

    public void PostConfigure(string? name, CookieAuthenticationOptions options) => UseMachineTime(options);

    public void PostConfigure(string? name, OpenIdConnectOptions options) => UseMachineTime(options);

    /// <summary>The provider and the browser live in machine time, also where the service's time is virtual.</summary>
    private static void UseMachineTime(AuthenticationSchemeOptions options)
    {
#pragma warning disable RS0030 // The summary says why these two do not take the service's time.
        options.TimeProvider = TimeProvider.System;
#pragma warning restore RS0030
    }

    private static Task SetExpiry(CookieSigningInContext context)
    {
        var isOperator = context.Principal?.IsInRole(Citizen.OperatorRole) == true;
        var now = context.Options.TimeProvider!.GetUtcNow();
        context.Properties.IssuedUtc = now;
        context.Properties.ExpiresUtc = now + (isOperator ? OperatorSession : DriverSession);
        context.Properties.IsPersistent = !isOperator;
        return Task.CompletedTask;
    }

    /// <summary>The provider leads back to the origin, whatever a proxy made of the request's scheme and host.</summary>
    private Task LeadBackToOrigin(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = new Uri(origin.Value, CallbackPath).AbsoluteUri;
        return Task.CompletedTask;
    }

    private static Task KeepClaims(TokenValidatedContext context)
    {
        var claims = context.Principal!.Claims
            .Where(claim => KeptClaims.Contains(claim.Type))
            .Select(claim => new Claim(claim.Type, claim.Value));
        context.Principal = new(new ClaimsIdentity(
            claims, CookieAuthenticationDefaults.AuthenticationScheme, Citizen.CodeClaim, Citizen.RoleClaim));
        return Task.CompletedTask;
    }

    /// <summary>The person cancelled, waited for too long, or opened the callback's address by hand: begin again.</summary>
    private static Task Fail(RemoteFailureContext context)
    {
        context.Response.Redirect("/sign-in/failed");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
