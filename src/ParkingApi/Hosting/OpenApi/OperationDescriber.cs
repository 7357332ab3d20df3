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

namespace Parking.Api.Hosting.OpenApi;

/// <summary>Adds to each operation the metadata of its route: examples, possible problems, and who may call it.</summary>
internal sealed class OperationDescriber(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        AddProblems(operation, [.. metadata.OfType<ProblemKind>()]);
        foreach (var example in metadata.OfType<ExampleMetadata>())
        {
            AddExample(operation, example);
        }

        AddCallers(operation, metadata, context.Document);
        return Task.CompletedTask;
    }

    private static void AddProblems(OpenApiOperation operation, IReadOnlyList<ProblemKind> kinds)
    {
        foreach (var status in kinds.GroupBy(kind => kind.Status))
        {
            var content = new OpenApiMediaType { Examples = new Dictionary<string, IOpenApiExample>() };
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
        if (metadata.OfType<IAllowAnonymous>().Any() || metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is not { } policy)
        {
            return;
        }

        var scheme = policy == Policies.Gate ? SecuritySchemes.Gate : SecuritySchemes.Person;
        operation.Security = [new() { [new(scheme, document)] = policy == Policies.Operator ? [Citizen.OperatorRole] : [] }];
    }
}
