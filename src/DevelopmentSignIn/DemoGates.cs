using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Parking.DevelopmentSignIn;

/// <summary>
/// Lets a driver's page show its code at a gate of the demo: the calls are forwarded to the simulator, which owns cameras and barriers.
/// Settings: <c>Demo:Gates</c>, the simulator's address, and <c>Demo:Key</c>, which it made for this service.
/// </summary>
internal static class DemoGates
{
    /// <summary>A showing takes as long as the camera needs for its frames. The largest answer is a picture.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var settings = routes.ServiceProvider.GetRequiredService<IConfiguration>();
        if (settings["Demo:Gates"] is not { Length: > 0 } address)
        {
            return;
        }

        var simulator = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        simulator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings["Demo:Key"]);
        var group = routes.MapGroup("/demo").ExcludeFromDescription().RequireAuthorization(policy => policy.RequireClaim("sub"));
        group.MapGet("/gates", context => ForwardAsync(simulator, HttpMethod.Get, "gates", context));
        group.MapGet("/pictures/{id}", context => ForwardAsync(simulator, HttpMethod.Get, $"pictures/{Segment(context, "id")}", context));
        group.MapPost(
            "/gates/{gate}/show", context => ForwardAsync(simulator, HttpMethod.Post, $"gates/{Segment(context, "gate")}/show", context));
    }

    private static string Segment(HttpContext context, string name) => Uri.EscapeDataString((string)context.Request.RouteValues[name]!);

    /// <summary>The simulator's answer as it is. 502 if it does not answer.</summary>
    private static async Task ForwardAsync(HttpClient simulator, HttpMethod method, string path, HttpContext context)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var answer = await simulator.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers.CacheControl = "no-store";
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }
}
