using System.IO.Pipelines;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Makes problems of what SignalR refuses: it answers a call without a connection, or of a wrong method, with a line of plain text.
/// What is a problem already passes through as it is, and so do answers that are no errors, since those of hubs do not end.
/// </summary>
internal sealed class HubRefusals(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, IProblemDetailsService problems)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new HeldRefusal(context.Response, body);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(body);
        }

        if (!context.Response.HasStarted && IsRefusalOfSignalR(context.Response))
        {
            await problems.WriteAsync(new() { HttpContext = context, ProblemDetails = { Detail = await held.ReadAsync() } });
        }
    }

    private static bool IsRefusalOfSignalR(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest
        && response.ContentType?.StartsWith(MediaTypeNames.Application.ProblemJson, StringComparison.Ordinal) != true;

    /// <summary>Holds back the body of a refusal and sends every other one. Status and type are set before the body begins.</summary>
    private sealed class HeldRefusal(HttpResponse response, IHttpResponseBodyFeature body) : IHttpResponseBodyFeature
    {
        private readonly StreamResponseBodyFeature _refusal = new(new MemoryStream());

        public Stream Stream => Current.Stream;

        public PipeWriter Writer => Current.Writer;

        private IHttpResponseBodyFeature Current => IsRefusalOfSignalR(response) ? _refusal : body;

        public void DisableBuffering() => Current.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => Current.StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            Current.SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => Current.CompleteAsync();

        /// <summary>The text of the error; null if there is none.</summary>
        public async Task<string?> ReadAsync()
        {
            await _refusal.CompleteAsync();
            _refusal.Stream.Position = 0;
            using var reader = new StreamReader(_refusal.Stream);
            return await reader.ReadToEndAsync() is { Length: > 0 } text ? text : null;
        }
    }
}
