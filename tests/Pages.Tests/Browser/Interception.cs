using System.Collections.Concurrent;
using System.Net;
using PuppeteerSharp;

namespace Parking.Pages.Tests.Browser;

/// <summary>Keeps a page's calls to some addresses from the service. The next one can be made when this one is disposed.</summary>
internal sealed class Interception : IAsyncDisposable
{
    private readonly Screen _screen;
    private readonly Func<IRequest, Task> _answer;
    private readonly string _prefix;
    private readonly List<IRequest> _held = [];

    /// <summary>An answer that fails, fails the test when this is disposed.</summary>
    private readonly ConcurrentBag<Task> _answering = [];

    private Interception(Screen screen, string prefix, Func<Interception, IRequest, Task> answer) =>
        (_screen, _prefix, _answer) = (screen, prefix, request => answer(this, request));

    /// <summary>Calls are answered only after this is disposed.</summary>
    public static Task<Interception> HoldAsync(Screen screen, string prefix) => StartAsync(screen, prefix, (interception, request) =>
    {
        interception._held.Add(request);
        return Task.CompletedTask;
    });

    /// <summary>Calls are answered 503 with a problem document.</summary>
    public static Task<Interception> RefuseAsync(Screen screen, string prefix) =>
        RefuseAsync(screen, prefix, HttpStatusCode.ServiceUnavailable, kind: "store-unavailable");

    /// <summary>Calls are answered with a problem document of this kind.</summary>
    public static Task<Interception> RefuseAsync(Screen screen, string prefix, HttpStatusCode status, string kind) =>
        StartAsync(screen, prefix, (_, request) => request.RespondAsync(new ResponseData
        {
            Status = status,
            ContentType = "application/problem+json",
            Body = $$"""{"type":"urn:parking:{{kind}}","title":"Refused","status":{{(int)status}}}""",
        }));

    /// <summary>Calls are answered with JSON.</summary>
    public static Task<Interception> AnswerAsync(Screen screen, string prefix, string json) => StartAsync(screen, prefix, (_, request) =>
        request.RespondAsync(new ResponseData { ContentType = "application/json", Body = json }));

    public async ValueTask DisposeAsync()
    {
        _screen.Page.Request -= Look;
        await Task.WhenAll(_answering);
        foreach (var request in _held)
        {
            await request.ContinueAsync();
        }

        await _screen.Page.SetRequestInterceptionAsync(false);
    }

    private static async Task<Interception> StartAsync(Screen screen, string prefix, Func<Interception, IRequest, Task> answer)
    {
        var interception = new Interception(screen, prefix, answer);
        await screen.Page.SetRequestInterceptionAsync(true);
        screen.Page.Request += interception.Look;
        return interception;
    }

    private void Look(object? sender, RequestEventArgs e) =>
        _answering.Add(new Uri(e.Request.Url).AbsolutePath.StartsWith(_prefix, StringComparison.Ordinal)
            ? _answer(e.Request)
            : e.Request.ContinueAsync());
}
