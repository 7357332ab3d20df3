using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>A member that may be null is left out where it is null, so no caller may require it.</summary>
internal sealed class NullableMembers : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => member.IsGetNullable || member.IsSetNullable))
        {
            schema.Required?.Remove(member.Name);
        }

        return Task.CompletedTask;
    }
}
