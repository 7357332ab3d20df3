using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using Parking.Api.Hosting.Metrics;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.Api.Hosting.Problems;

/// <summary>
/// Turns exceptions into problems. The exception's message stays in the log; the caller learns only what they can act on.
/// </summary>
internal sealed partial class ProblemExceptionHandler(
    IProblemDetailsService problems, ParkingMetrics metrics, ILogger<ProblemExceptionHandler> logger)
    : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return WriteAsync(httpContext, HttpProblems.Of(bad.StatusCode), Explain(bad));

            case InvalidOperationException or NotSupportedException when HasUnknownCharset(httpContext.Request):
                return WriteAsync(httpContext, HttpProblems.UnsupportedMediaType);

            case StoreUnavailableException:
                LogStoreUnavailable(exception.Message);
                metrics.StoreFailed();
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return WriteAsync(httpContext, HttpProblems.StoreUnavailable);

            case BackOfficeUnavailableException:
                LogStoreUnavailable(exception.Message);
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
                return WriteAsync(httpContext, HttpProblems.BackOfficeUnavailable);

            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return ValueTask.FromResult(true);

            case InvalidDataException:
                LogFailure(exception);
                return WriteAsync(httpContext, HttpProblems.DataUnreadable);

            default:
                LogFailure(exception);
                return WriteAsync(httpContext, HttpProblems.InternalError);
        }
    }

    /// <summary>The framework throws only these exceptions for a body in an encoding that it does not know or rejects (UTF-7).</summary>
    private static bool HasUnknownCharset(HttpRequest request)
    {
        try
        {
            return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null;
        }
        catch (NotSupportedException)
        {
            return true;
        }
    }

    /// <summary>Where the body is wrong, without quoting it.</summary>
    private static string? Explain(BadHttpRequestException exception) => exception switch
    {
        { InnerException: JsonException { Path: { Length: > 0 } path } } =>
            $"The body is not JSON, or a field is missing, unknown or of the wrong type, at {path}.",
        { InnerException: JsonException } => "The body is not JSON, or a field is missing, unknown or of the wrong type.",
        { StatusCode: StatusCodes.Status400BadRequest } => "The body is missing, or a value in the address cannot be read.",
        _ => null,
    };

    private ValueTask<bool> WriteAsync(HttpContext context, ProblemKind kind, string? detail = null)
    {
        context.Response.StatusCode = kind.Status;
        return problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = { Type = kind.Type, Title = kind.Title, Status = kind.Status, Detail = detail ?? kind.Detail },
        });
    }

    [LoggerMessage(
        EventId = 1001, EventName = "StoreUnavailable", Level = LogLevel.Warning,
        Message = "A request was answered with 503 and Retry-After: {Reason}")]
    private partial void LogStoreUnavailable(string reason);

    [LoggerMessage(EventId = 1002, EventName = "RequestFailed", Level = LogLevel.Error, Message = "A request failed")]
    private partial void LogFailure(Exception exception);
}
