using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Parking.Api.Hosting.OpenApi;

/// <summary>Says what the calls of each tag are for. A tag without a row here gets no description, and a test fails.</summary>
internal sealed class TagDescriptions : IOpenApiDocumentTransformer
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["People"] = "For citizens: codes, vehicles, stays, disputes.",
        ["Devices"] = "For linked devices, which get certificates by the proof of their key: nobody is signed in.",
        ["Facilities"] = "Districts and facilities with their occupancy, for everybody; what operators see and do there.",
        ["Gates"] = "For gates: events, feed, heartbeats. How gates are, and what happens at them, for operators.",
        ["Keys"] = "The keys that codes are checked with, for everybody.",
        ["Tariffs"] = "What parking costs: tariffs, price boards, quotes.",
        ["Archive"] = "Stays of years, for operators.",
        ["Cases"] = "What a person has to look at and answer, for operators.",
        ["Alarms"] = "What needs somebody to act, for operators.",
        ["Audit"] = "What operators did, in a chain that cannot be rewritten unseen.",
        ["Rights"] = "Taking back what people may do.",
        ["Health"] = "Whether the service runs and can serve, for whatever starts, stops and watches it.",
        ["Simulation"] = "The clock of a simulation.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description = Descriptions.GetValueOrDefault(tag.Name ?? "");
        }

        return Task.CompletedTask;
    }
}
