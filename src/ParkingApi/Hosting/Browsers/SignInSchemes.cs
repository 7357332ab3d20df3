using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using NodaTime;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Hosting.Browsers;

/// <summary>
/// How browsers sign in: OpenID Connect's code flow with PKCE at the provider of <c>Authentication:Schemes:OpenIdConnect</c>, and then a
/// cookie. The cookie holds only the claims that the service uses; no token is kept.
/// </summary>
internal sealed class SignInSchemes(PageOrigin origin, DevelopmentAssembly development, MachineTime machine)
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
    public static readonly TimeSpan OperatorSession = TimeSpan.FromHours(12), DriverSession = TimeSpan.FromDays(30);

    /// <summary>How long an operator's sign-in lasts without a call.</summary>
    public static readonly TimeSpan OperatorIdle = TimeSpan.FromMinutes(30);

    /// <summary>How long a wall screen's session lasts without a call. It ends when it is revoked.</summary>
    public static readonly TimeSpan ScreenIdle = TimeSpan.FromDays(365);

    /// <summary>A cookie is renewed by the first call after this time, and not by every call: an operator's, and a screen's.</summary>
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromMinutes(1), ScreenRenewedAfter = TimeSpan.FromDays(1);

    /// <summary>The ticket's item with the time of the sign-in, which stays when the ticket is renewed.</summary>
    private const string Begun = "begun";

    private static readonly string[] KeptClaims =
        [Citizen.CodeClaim, NameClaim, Staff.Claim, DutyReader.Claim, Citizen.EntitlementsClaim, SignIn.IssuedClaim];

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.SlidingExpiration = true;
        options.Events.OnSigningIn = SetExpiry;
        options.Events.OnCheckSlidingExpiration = Renew;
        options.Events.OnValidatePrincipal = EndInTime;
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

        // The framework would take it from the cookie. Without it, any withdrawal would end all later sign-ins, too.
        options.ClaimActions.Remove(SignIn.IssuedClaim);
        options.TokenValidationParameters.NameClaimType = Citizen.CodeClaim;
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
    private void UseMachineTime(AuthenticationSchemeOptions options) => options.TimeProvider = machine.Provider;

    private Task SetExpiry(CookieSigningInContext context)
    {
        var isScreen = Screens.ClaimOf(context.Principal) is not null;
        var isOperator = !isScreen && IsOperator(context.Principal);
        var now = machine.Provider.GetUtcNow();
        context.Properties.IssuedUtc = now;
        context.Properties.ExpiresUtc = now + (isScreen ? ScreenIdle : isOperator ? OperatorIdle : DriverSession);
        context.Properties.IsPersistent = !isOperator;
        context.Properties.Items[Begun] = now.ToString("O", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    /// <summary>A driver's month does not begin anew with each visit.</summary>
    private static Task Renew(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = IsOperator(context.Principal)
            && context.ElapsedTime >= (Screens.ClaimOf(context.Principal) is null ? RenewedAfter : ScreenRenewedAfter);
        return Task.CompletedTask;
    }

    /// <summary>Ends an operator's sign-in after its longest time, and tells when the sign-in ends if it is not used again.</summary>
    private Task EndInTime(CookieValidatePrincipalContext context)
    {
        var end = context.Properties.ExpiresUtc ?? DateTimeOffset.MinValue;
        if (IsOperator(context.Principal) && Screens.ClaimOf(context.Principal) is null)
        {
            var begun = context.Properties.Items.TryGetValue(Begun, out var text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var found) ? found : default;
            end = end < begun + OperatorSession ? end : begun + OperatorSession;
        }

        if (end <= machine.Provider.GetUtcNow())
        {
            context.RejectPrincipal();
        }
        else if (context.Principal?.Identity is ClaimsIdentity identity)
        {
            identity.TryRemoveClaim(identity.FindFirst(SignIn.ExpiryClaim));
            identity.AddClaim(SignIn.ClaimOf(SignIn.ExpiryClaim, Instant.FromDateTimeOffset(end)));
        }

        return Task.CompletedTask;
    }

    private static bool IsOperator(ClaimsPrincipal? person) => person?.HasClaim(claim => claim.Type == DutyReader.Claim) == true;

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
            claims, CookieAuthenticationDefaults.AuthenticationScheme, Citizen.CodeClaim, roleType: null));
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
