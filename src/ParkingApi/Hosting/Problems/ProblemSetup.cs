namespace Parking.Api.Hosting.Problems;

/// <summary>Makes every error a problem document.</summary>
internal static class ProblemSetup
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        // Writers are asked in the order of registration; AddProblemDetails adds the framework's writer.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();

        // Without this, an unreadable body is an exception in Development and a 400 without a body elsewhere.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    /// <param name="app">The service.</param>
    /// <param name="hubs">The path of SignalR's hubs.</param>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app, PathString hubs) => app
        .UseExceptionHandler()
        .UseStatusCodePages()
        .UseWhen(context => context.Request.Path.StartsWithSegments(hubs), branch => branch.UseMiddleware<HubRefusals>());

    /// <summary>Lists in the OpenAPI document the problems that a call may return.</summary>
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
