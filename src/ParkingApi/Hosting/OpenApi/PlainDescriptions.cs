using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>
/// Turns the comments of C# into descriptions for callers: a constant becomes its value, a member has the name that it has in JSON.
/// </summary>
internal sealed partial class PlainDescriptions : IOpenApiDocumentTransformer
{
    /// <summary>Types that the framework describes for methods, in place of which operations have their own.</summary>
    private static readonly string[] Unused = ["EventUploadBody", "HttpValidationProblemDetails", "ProblemDetails"];

    private static readonly Dictionary<string, Type> Types = new[] { typeof(HealthAnswer), typeof(ProblemAnswer) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .DistinctBy(type => type.Name)
        .ToDictionary(type => type.Name);

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var unused in Unused)
        {
            document.Components?.Schemas?.Remove(unused);
        }

        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            Clean(schema);
        }

        return Task.CompletedTask;
    }

    private static void Clean(IOpenApiSchema? schema)
    {
        if (schema is null)
        {
            return;
        }

        schema.Description = schema.Description is { } description ? Plain(description) : null;
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        // It would name schemas that are not in the document. Each form has its own constant in this member, which says the same.
        own.Discriminator = null;
        foreach (var inner in (own.Properties?.Values ?? []).Concat(own.OneOf ?? []).Concat(own.AnyOf ?? []).Append(own.Items))
        {
            Clean(inner);
        }
    }

    private static string Plain(string text) => Space().Replace(Reference().Replace(WebUtility.HtmlDecode(text), Name), " ").Trim();

    /// <summary>What stands in place of a reference such as <c>int Fee.MaxLines</c>.</summary>
    private static string Name(Match reference)
    {
        if (!Types.TryGetValue(reference.Groups["type"].Value, out var type))
        {
            return reference.Value;
        }

        var member = reference.Groups["member"].Value;
        return type.GetField(member, BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } constant && !type.IsEnum
            ? Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture)!
            : $"`{JsonNamingPolicy.CamelCase.ConvertName(member)}`";
    }

    [GeneratedRegex(@"(?:(?:int|long|string|bool|double|[A-Z]\w*(?:<[\w<>?]*>)?)\??\s)?\b(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
