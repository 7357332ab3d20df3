namespace Parking.Api.Hosting.OpenApi;

/// <summary>Puts examples beside the routes they are of.</summary>
internal static class ExampleExtensions
{
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder builder, object example)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(null, example));

    public static TBuilder WithResponseExample<TBuilder>(this TBuilder builder, object example, int status = StatusCodes.Status200OK)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(status, example));
}

/// <summary>An example for the OpenAPI document, written as JSON exactly as the service would.</summary>
/// <param name="Status">Of the answer it is an example of; null for the request.</param>
/// <param name="Value">The example.</param>
internal sealed record ExampleMetadata(int? Status, object Value);
