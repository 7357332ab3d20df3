using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Cookies as the service gives them to a browser after a sign-in.</summary>
internal static class BrowserCookies
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>The header Cookie of a person's browser that has signed in now.</summary>
    public static string Of(ParkingApplication app, string citizenCode, params IReadOnlyList<string> duties)
    {
        List<Claim> claims =
        [
            new(Citizen.CodeClaim, app.Secrets.Add(citizenCode)),
            SignIn.ClaimOf(SignIn.IssuedClaim, Instant.FromDateTimeOffset(app.MachineClock.GetUtcNow())),
            .. duties.Select(duty => new Claim(DutyReader.Claim, duty)),
        ];
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme);
        var signingIn = new CookieSigningInContext(
            new DefaultHttpContext { RequestServices = app.Services },
            new AuthenticationScheme(Scheme, null, typeof(CookieAuthenticationHandler)),
            options,
            new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, Citizen.CodeClaim, roleType: null)),
            new AuthenticationProperties(),
            new CookieOptions());
        options.Events.OnSigningIn(signingIn).GetAwaiter().GetResult();
        var ticket = new AuthenticationTicket(signingIn.Principal!, signingIn.Properties, Scheme);
        return $"{options.Cookie.Name}={app.Secrets.Add(options.TicketDataFormat.Protect(ticket))}";
    }
}
