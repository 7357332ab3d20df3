using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Parking.DevelopmentSignIn;

/// <summary>
/// Adds an OpenID Connect server without a database to the service itself. It knows one client, that client's one redirect address, and the
/// invented <see cref="Person">people</see>; whoever opens its page picks one of them. The service loads this class by its name.
/// </summary>
public sealed class Startup : IHostingStartup
{
    /// <summary>The paths of the server. The service knows the first by heart.</summary>
    internal const string MetadataPath = "/development/openid-configuration", SignInPath = "/development/sign-in";

    private const string KeysPath = "/development/jwks", TokenPath = "/development/token", ClientId = "pages", RedirectPath = "/signed-in";

    /// <summary>The length of the key under which the server seals what only it reads, in bytes.</summary>
    private const int KeySize = 32;

    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services =>
        {
            services.AddOpenIddict().AddServer(Configure);
            services.AddHttpContextAccessor();
            services.AddSingleton<Action<IEndpointRouteBuilder>>(Map);
        });
    }

    private static void Configure(OpenIddictServerBuilder options)
    {
        options.EnableDegradedMode();
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        options.SetConfigurationEndpointUris(MetadataPath)
            .SetJsonWebKeySetEndpointUris(KeysPath)
            .SetAuthorizationEndpointUris(SignInPath)
            .SetTokenEndpointUris(TokenPath);
        options.RegisterScopes(Scopes.OpenId, Scopes.Profile);

        // Whoever checks its tokens lives in the machine's time, also where the service's time is virtual.
#pragma warning disable RS0030 // The line above says why this does not take the service's time.
        options.Configure(server => server.TimeProvider = TimeProvider.System);
#pragma warning restore RS0030

        // A restart needs no old keys: only a sign-in that is under way begins again. The library's own ephemeral keys are RSA keys: to
        // make two of them takes a third of a second.
        options.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(KeySize)))
            .AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256);
        options.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(CheckClient));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(CheckClient));
    }

    private static ValueTask CheckClient(ValidateAuthorizationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        if (context.ClientId != ClientId)
        {
            context.Reject(Errors.InvalidClient, "This server knows only the pages of its own service.");
        }
        else if (context.RedirectUri != $"{request.Scheme}://{request.Host}{RedirectPath}" || !IsFromThisMachine(request.HttpContext))
        {
            context.Reject(Errors.InvalidRequest, "This server leads back to its own service only, and serves this machine only.");
        }

        return default;
    }

    private static ValueTask CheckClient(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || !IsFromThisMachine(context.Transaction.GetHttpRequest()!.HttpContext))
        {
            context.Reject(Errors.InvalidClient, "This server knows only the pages of its own service, on this machine.");
        }

        return default;
    }

    /// <summary>A connection without an address is one within this process or over a local socket.</summary>
    private static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPath, SignInPage.Show).ExcludeFromDescription().AllowAnonymous();
        DemoGates.Map(routes);
    }
}
