namespace Parking.Api.Hosting.Problems;

/// <summary>Every error is a problem document.</summary>
internal static class ProblemSetup
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        // Writers are asked in the order of their registration; AddProblemDetails brings the framework's.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();

        // Otherwise a body that cannot be read is an exception in Development and a silent 400 elsewhere.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app.UseExceptionHandler().UseStatusCodePages();

    /// <summary>Says in the OpenAPI document that a call may meet these problems.</summary>
    public static TBuilder Meets<TBuilder>(this TBuilder builder, params ReadOnlySpan<ProblemKind> kinds)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var kind in kinds)
        {
            builder.WithMetadata(kind);
        }

        return builder;
    }
}
