using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Parking.DriverProxy;

/// <summary>
/// A reverse proxy before the demo's service, for phones in the same network: it ends TLS and lets through what the drivers' page needs.
/// The service stays on its loopback address, and so its sign-in with invented people may serve it; of these, only drivers can sign in
/// this way.
/// </summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private const int MostBodyBytes = 64 * 1024;

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _service;

    private ProxyServer(WebApplication app, HttpMessageInvoker service) => (_app, _service) = (app, service);

    /// <summary>Starts to listen.</summary>
    /// <param name="address">Where phones open the page.</param>
    /// <param name="certificate">By which they know it; null where the address needs none.</param>
    /// <param name="service">The service's address, which is its pages' origin as well.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<ProxyServer> StartAsync(
        ListenAddress address, ServerCertificate? certificate, Uri service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(service);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => Listen(options, address, certificate));
        builder.Services.AddRoutingCore().AddHttpForwarder().AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        var proxy = new ProxyServer(app, Connect());
        app.Use((context, next) => Refuse(context, address) is { } problem ? problem.ExecuteAsync(context) : next(context));
        app.UseRouting();
        proxy.Map(address, service.GetLeftPart(UriPartial.Authority));
        try
        {
            await app.StartAsync(cancellationToken);
            return proxy;
        }
        catch (Exception error)
        {
            await proxy.DisposeAsync();
            if (error is SocketException)
            {
                throw new IOException($"Phones cannot be listened for at {address}: {error.Message}.", error);
            }
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _service.Dispose();
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, ServerCertificate? certificate)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MostBodyBytes;
        if (address.Address is { } ip)
        {
            options.Listen(ip, address.Origin.Port, Secure);
        }
        else if (address.Origin.IsLoopback)
        {
            options.ListenLocalhost(address.Origin.Port, Secure);
        }
        else
        {
            options.ListenAnyIP(address.Origin.Port, Secure);
        }

        void Secure(ListenOptions listen)
        {
            if (address.IsEncrypted)
            {
                var served = certificate ?? throw new ArgumentNullException(nameof(certificate), "https needs a certificate.");
                listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (served.Leaf, served.Chain));
            }
        }
    }

    private static HttpMessageInvoker Connect() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    private void Map(ListenAddress address, string service)
    {
        var forwarder = _app.Services.GetRequiredService<IHttpForwarder>();
        var call = new ForwardedCall(address.Text, service);
        foreach (var (path, methods) in DriverRoutes.Allowed)
        {
            _app.MapMethods(path, methods, async context => await forwarder.SendAsync(
                context, service, _service, ForwarderRequestConfig.Empty, call));
        }
        _app.Map("/{**other}", context => NotFound().ExecuteAsync(context));
    }

    /// <summary>Why a request is not for this address at all; null if it is.</summary>
    private static IResult? Refuse(HttpContext context, ListenAddress address)
    {
        var request = context.Request;
        if (!string.Equals(request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase))
        {
            return Problem(
                "foreign-host", "The page has another address", StatusCodes.Status421MisdirectedRequest, $"Open {address}/driver.");
        }
        if (request.Headers.Origin is { Count: > 0 } origin && origin != address.Text)
        {
            return Problem("foreign-origin", "The request comes from another site", StatusCodes.Status403Forbidden);
        }

        // The page is known by its cookie: a token in the address is of another program.
        if (request.Query.ContainsKey("access_token"))
        {
            return NotFound();
        }

        // No path of the page has a percent sign, and the service would decode once more what was decoded here.
        return request.Path.Value!.AsSpan().ContainsAny('%', '\\') ? NotFound() : null;
    }

    private static IResult NotFound() => Problem("not-found", "There is nothing here", StatusCodes.Status404NotFound);

    /// <summary>The types are those that the service has for the same.</summary>
    private static IResult Problem(string type, string title, int status, string? detail = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"urn:parking:{type}");

    /// <summary>It ends with the program that has started it, whose own handling of Ctrl+C holds.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
