using Scalar.AspNetCore;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>The description of the API: <c>/openapi/v1.json</c> for programs, <c>/scalar</c> for people (in Development).</summary>
internal static class OpenApiSetup
{
    private const string Version = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Version, options =>
    {
        options.AddDocumentTransformer<SecuritySchemes>();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddSchemaTransformer<TimeSchemas>();
        options.AddSchemaTransformer<NullableMembers>();
        options.AddDocumentTransformer<PlainDescriptions>();
        options.AddDocumentTransformer<TagDescriptions>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Parking",
                Version = Version,
                Description = "Parking with one dynamic code: codes for citizens, decisions for gates, occupancy for everybody.",
                License = new() { Name = "MIT", Identifier = "MIT" },
            };

            // The framework would put the address of the first caller here. The description is the same wherever the service is.
            document.Servers = [new() { Url = "/" }];
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        // A name that is no document would get a text instead of a problem.
        app.MapOpenApi($"/openapi/{{documentName:regex(^{Version}$)}}.json").AllowAnonymous();
        if (app.Environment.IsDevelopment())
        {
            // The page loads everything from this service: no fonts, telemetry or assistants of third parties.
            app.MapScalarApiReference(options => options
                    .WithTitle("Parking")
                    .HideDeveloperTools()
                    .HideClientButton()
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .DisableAgent()
                    .DisableMcp())
                .AllowAnonymous();
        }
    }
}
