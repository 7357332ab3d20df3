using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Cookies as the service gives them to a browser after a sign-in.</summary>
internal static class BrowserCookies
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>The header Cookie of a person's browser.</summary>
    public static string Of(ParkingApplication app, string citizenCode, string? role = null)
    {
        List<Claim> claims = [new(Citizen.CodeClaim, app.Secrets.Add(citizenCode))];
        if (role is not null)
        {
            claims.Add(new(Citizen.RoleClaim, role));
        }

        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme);
        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, Citizen.CodeClaim, Citizen.RoleClaim)),
            new AuthenticationProperties(),
            Scheme);
        return $"{options.Cookie.Name}={app.Secrets.Add(options.TicketDataFormat.Protect(ticket))}";
    }
}
