using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Problems;
using Parking.BackOffice.Sql;
using Parking.Ports;

namespace Parking.Api.Hosting.Audit;

/// <summary>Says that what operators do at an endpoint goes into the audit, or why it does not.</summary>
internal static class AuditedEndpoints
{
    public static readonly ProblemKind AuditUnavailable = new(
        "audit-unavailable",
        StatusCodes.Status503ServiceUnavailable,
        "The audit is out of reach",
        "What operators do is recorded before it is done, so nothing was done. Commands to gates go on working. Send the same again after "
            + "as many seconds as Retry-After says.");

    private const string RetryAfterSeconds = "1";

    /// <summary>
    /// Enters each call into the audit: the intent before the endpoint runs, the outcome after it. Without the audit nothing is done.
    /// </summary>
    /// <param name="builder">An endpoint with a duty.</param>
    /// <param name="describe">What the call is about.</param>
    public static RouteHandlerBuilder Audits(
        this RouteHandlerBuilder builder, Func<EndpointFilterInvocationContext, AuditSubject> describe) => builder
        .WithMetadata(new Audited())
        .AddEndpointFilter(new Filter(describe))
        .Meets(AuditUnavailable);

    /// <summary>
    /// The endpoint enters each of several acts of one call by itself (<see cref="AuditedActs"/>), and answers
    /// <see cref="Refuse"/> if it cannot.
    /// </summary>
    public static RouteHandlerBuilder AuditsEach(this RouteHandlerBuilder builder) => builder
        .WithMetadata(new Audited())
        .Meets(AuditUnavailable);

    /// <summary>Says why calls of an endpoint for operators do not pass through <see cref="Audits"/>.</summary>
    public static RouteHandlerBuilder DoesNotAudit(this RouteHandlerBuilder builder, string why) =>
        builder.WithMetadata(new NotAudited(why));

    /// <summary>The answer where the audit is out of reach.</summary>
    public static ProblemHttpResult Refuse(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return AuditUnavailable.ToResult();
    }

    /// <summary>The calls of this endpoint are audited.</summary>
    public sealed record Audited;

    /// <summary>The calls of this endpoint are not audited here.</summary>
    /// <param name="Why">The reason.</param>
    public sealed record NotAudited(string Why);

    private sealed class Filter(Func<EndpointFilterInvocationContext, AuditSubject> describe) : IEndpointFilter
    {

        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var http = context.HttpContext;
            var acts = http.RequestServices.GetRequiredService<AuditedActs>();
            BegunAct begun;
            try
            {
                begun = await acts.BeginAsync(
                    describe(context),
                    Staff.Of(http.User, http.RequestServices.GetRequiredService<DutyReader>()),
                    http.Features.GetRequiredFeature<GrantedDuty>());
            }
            catch (BackOfficeUnavailableException)
            {
                return Refuse(http.Response);
            }

            http.Features.Set(begun);
            try
            {
                var result = await next(context);
                await acts.EndAsync(begun, NameOf(result));
                return result;
            }
            catch (Exception e)
            {
                await acts.EndAsync(begun, NameOf(e));
                throw;
            }
        }

        private static string NameOf(object? result) => result switch
        {
            INestedHttpResult nested => NameOf(nested.Result),
            IValueHttpResult { Value: Microsoft.AspNetCore.Mvc.ProblemDetails { Type: { } type } } => Short(type),
            IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest and int status } => HttpProblems.Of(status).Name,
            _ => AuditedActs.Done,
        };

        private static string NameOf(Exception exception) => exception switch
        {
            StoreUnavailableException => HttpProblems.StoreUnavailable.Name,
            BackOfficeUnavailableException => HttpProblems.BackOfficeUnavailable.Name,
            InvalidDataException => HttpProblems.DataUnreadable.Name,
            OperationCanceledException => "cancelled",
            _ => HttpProblems.InternalError.Name,
        };

        private static string Short(string type) => type.StartsWith(ProblemKind.TypePrefix, StringComparison.Ordinal)
            ? type[ProblemKind.TypePrefix.Length..]
            : type;
    }
}
