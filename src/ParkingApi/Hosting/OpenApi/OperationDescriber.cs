using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Problems;
using Parking.GateProtocol;
using Parking.Rights;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>Adds to each operation the metadata of its route: examples, possible problems, and who may call it.</summary>
internal sealed class OperationDescriber(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    private const string ProblemSchema = "Problem", PublishedJwkSet = "application/jwk-set+json";

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Description ??= $"{operation.Summary}.";
        foreach (var body in metadata.OfType<BodyMetadata>())
        {
            var schema = await AddSchemaAsync(body.Type.Name, body.Type, context, cancellationToken);
            operation.RequestBody!.Content![MediaTypeNames.Application.Json].Schema = schema;
        }

        var problem = await AddSchemaAsync(ProblemSchema, typeof(ProblemAnswer), context, cancellationToken);
        AddProblems(operation, [.. metadata.OfType<ProblemKind>()], problem);
        DescribeOtherContents(operation);
        foreach (var example in metadata.OfType<ExampleMetadata>())
        {
            AddExample(operation, example);
        }

        AddCallers(operation, metadata, context.Document);
    }

    private static async Task<IOpenApiSchema> AddSchemaAsync(
        string name, Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken);
            if (type == typeof(ProblemAnswer))
            {
                // A kind of problem may have members of its own, such as errors or answer.
                schema.AdditionalPropertiesAllowed = true;
                schema.AdditionalProperties = null;
            }

            document.AddComponent(name, schema);
        }

        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>A picture, a text or CBOR is no JSON, and a JSON Web Key Set is an object: the types of methods say neither.</summary>
    private static void DescribeOtherContents(OpenApiOperation operation)
    {
        foreach (var response in operation.Responses ?? [])
        {
            foreach (var (mediaType, media) in response.Value.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (!mediaType.EndsWith("json", StringComparison.Ordinal))
                {
                    media.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                }
                else if (mediaType == PublishedJwkSet)
                {
                    media.Schema = new OpenApiSchema { Type = JsonSchemaType.Object };
                }
            }
        }
    }

    private static void AddProblems(OpenApiOperation operation, IReadOnlyList<ProblemKind> kinds, IOpenApiSchema schema)
    {
        foreach (var status in kinds.GroupBy(kind => kind.Status))
        {
            var content = new OpenApiMediaType { Schema = schema, Examples = new Dictionary<string, IOpenApiExample>() };
            foreach (var kind in status)
            {
                content.Examples[kind.Name] = new OpenApiExample { Summary = kind.Title, Value = ExampleOf(kind) };
            }

            operation.Responses ??= [];
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(". ", status.Select(kind => kind.Title)) + ".",
                Content = new Dictionary<string, OpenApiMediaType> { [MediaTypeNames.Application.ProblemJson] = content },
            };
        }
    }

    private static JsonObject ExampleOf(ProblemKind kind)
    {
        var example = new JsonObject { ["type"] = kind.Type, ["title"] = kind.Title, ["status"] = kind.Status };
        example["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        if (kind.Detail is not null)
        {
            example["detail"] = kind.Detail;
        }

        return example;
    }

    /// <summary>Adds an example to every JSON content. A text is also added to other contents, as it is.</summary>
    private void AddExample(OpenApiOperation operation, ExampleMetadata example)
    {
        var content = example.Status is { } status
            ? operation.Responses?[status.ToString(CultureInfo.InvariantCulture)].Content
            : operation.RequestBody?.Content;
        foreach (var (mediaType, media) in content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (mediaType.EndsWith("json", StringComparison.Ordinal) || example.Value is string)
            {
                media.Example = JsonSerializer.SerializeToNode(example.Value, json.Value.SerializerOptions);
            }
        }
    }

    private static void AddCallers(OpenApiOperation operation, IList<object> metadata, OpenApiDocument? document)
    {
        var duty = metadata.OfType<DutyRequirement>().LastOrDefault();
        var policy = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        if (metadata.OfType<IAllowAnonymous>().Any() || (duty is null && policy is null))
        {
            // Said, not left out: readers of the document, and their tools, cannot tell a call for everybody from a forgotten scheme.
            operation.Security = [];
            return;
        }

        var scheme = policy == Policies.Gate ? SecuritySchemes.Gate : SecuritySchemes.Person;
        operation.Security = [new() { [new(scheme, document)] = [] }];
        if (duty is not null)
        {
            operation.Description += $" Needs the duty {Duty.NameOf(duty.Kind)} for {duty.Scope.Text}.";
        }
    }
}
