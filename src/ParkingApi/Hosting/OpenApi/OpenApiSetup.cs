using Scalar.AspNetCore;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>The service's own description: <c>/openapi/v1.json</c> for programs, <c>/scalar</c> for people (in Development).</summary>
internal static class OpenApiSetup
{
    private const string Version = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Version, options =>
    {
        options.AddDocumentTransformer<SecuritySchemes>();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddSchemaTransformer<InstantSchema>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Parking",
                Version = Version,
                Description = "One dynamic code in, the same gesture out: codes for citizens, decisions for gates, occupancy for everybody.",
            };

            // The address of whoever happened to ask first is not part of the description.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        if (app.Environment.IsDevelopment())
        {
            // Everything the page needs comes from this service: no fonts, statistics or assistants of others.
            app.MapScalarApiReference(options => options.WithTitle("Parking").HideDeveloperTools().HideClientButton().DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp()).AllowAnonymous();
        }
    }
}
