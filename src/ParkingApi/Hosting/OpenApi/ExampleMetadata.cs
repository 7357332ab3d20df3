namespace Parking.Api.Hosting.OpenApi;

/// <summary>An example for the OpenAPI document, written as JSON exactly as the service would.</summary>
/// <param name="Status">Of the answer it is an example of; null for the request.</param>
/// <param name="Value">The example.</param>
internal sealed record ExampleMetadata(int? Status, object Value);
