using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Parking.Facilities;

namespace Parking.Api.Hosting.Identity;

/// <summary>Authenticates a gate by <c>Authorization: Gate &lt;key&gt;</c>.</summary>
internal sealed class GateAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, GateKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Gate";

    private const string Prefix = "Gate ";

    /// <summary>The gate that sent the request; null if no gate sent it.</summary>
    public static Gate? GateOf(HttpContext context) => context.Features.Get<Gate>();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (!keys.TryFind(header.AsSpan(Prefix.Length).Trim(), out var gate))
        {
            return Task.FromResult(AuthenticateResult.Fail("This is no gate's key."));
        }

        Context.Features.Set(gate);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, gate.Id.Value)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, SchemeName);
        return Task.CompletedTask;
    }
}
