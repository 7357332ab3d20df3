namespace Parking.Api.Hosting.OpenApi;

/// <summary>Adds examples to routes.</summary>
internal static class ExampleExtensions
{
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder builder, object example)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(null, example));

    public static TBuilder WithResponseExample<TBuilder>(this TBuilder builder, object example, int status = StatusCodes.Status200OK)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(status, example));

    /// <summary>Describes the body as <typeparamref name="T"/>, where the method takes it in another form.</summary>
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder builder) => builder.WithMetadata(new BodyMetadata(typeof(T)));
}

/// <summary>The type that describes the body of the request.</summary>
internal sealed record BodyMetadata(Type Type);

/// <summary>An example for the OpenAPI document, serialized exactly as the service does it.</summary>
/// <param name="Status">The status of the answer; null if it is an example of the request.</param>
/// <param name="Value">The example.</param>
internal sealed record ExampleMetadata(int? Status, object Value);
