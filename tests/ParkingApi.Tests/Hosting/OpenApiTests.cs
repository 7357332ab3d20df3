using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

public sealed class OpenApiTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_OfTheService_HasEveryCall()
    {
        var operations = (await OperationsAsync()).Select(operation => operation.Name);

        Assert.Equal(
            [
                "delete /v1/audit/{sequence}/detail",
                "delete /v1/me", "delete /v1/me/devices/{device}",
                "delete /v1/me/shared-vehicles/{share}", "delete /v1/me/vehicles/shares/{share}",
                "delete /v1/screens/{id}",
                "get /.well-known/certificate-cose-keys", "get /.well-known/certificate-jwks.json",
                "get /.well-known/cose-keys", "get /.well-known/jwks.json", "get /health", "get /health/live", "get /health/ready",
                "get /v1/alarms", "get /v1/archive/stays", "get /v1/archive/stays/{id}",
                "get /v1/audit", "get /v1/audit/export", "get /v1/cases", "get /v1/cases/{number}",
                "get /v1/districts", "get /v1/facilities", "get /v1/facilities/{id}", "get /v1/facilities/{id}/gates",
                "get /v1/facilities/{id}/log",
                "get /v1/facilities/{id}/occupancy/today",
                "get /v1/facilities/{id}/price-board", "get /v1/facilities/{id}/tariff",
                "get /v1/facilities/{id}/use", "get /v1/gates",
                "get /v1/gates/{gateId}/commands", "get /v1/gates/{gateId}/feed",
                "get /v1/gates/{gateId}/revocations", "get /v1/gates/{id}/commands/{commandId}",
                "get /v1/me/archive/stays", "get /v1/me/archive/stays/{id}", "get /v1/me/cases", "get /v1/me/devices", "get /v1/me/export",
                "get /v1/me/shared-vehicles",
                "get /v1/me/stays", "get /v1/me/vehicles", "get /v1/recording", "get /v1/risk", "get /v1/risk/stays",
                "get /v1/screens", "get /v1/session",
                "get /v1/stays/{id}",
                "get /v1/tariffs/schema", "get /v1/use", "post /v1/alarms/acknowledge", "post /v1/alarms/{id}/shelve",
                "post /v1/alarms/{id}/unshelve",
                "post /v1/archive/stays/by-plate", "post /v1/archive/stays/{id}/cases", "post /v1/cases/{number}/answer",
                "post /v1/cases/{number}/assign", "post /v1/cases/{number}/close", "post /v1/codes",
                "post /v1/devices/certificates", "post /v1/devices/challenges",
                "post /v1/facilities/{id}/inventories", "post /v1/facilities/{id}/inventories/preview",
                "post /v1/facilities/{id}/rebuild", "post /v1/gates/{gateId}/commands/{commandId}/claims",
                "post /v1/gates/{gateId}/events", "post /v1/gates/{gateId}/heartbeats", "post /v1/gates/{id}/commands",
                "post /v1/keys/{kid}/revoke", "post /v1/me/cases", "post /v1/me/devices",
                "post /v1/me/shared-vehicles", "post /v1/me/vehicles/invitations",
                "post /v1/screens", "post /v1/stays/{id}/close", "post /v1/tariffs/quotes", "post /v1/withdrawals",
                "put /v1/facilities/{id}/state", "put /v1/me/devices/{device}", "put /v1/me/vehicles",
            ],
            operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_OfTheService_HasAnExampleOfEveryTextBody()
    {
        var missing = new List<string>();
        foreach (var (name, operation) in await OperationsAsync())
        {
            var bodies = operation.GetProperty("responses").EnumerateObject().Select(response => (response.Name, response.Value));
            if (operation.TryGetProperty("requestBody", out var request))
            {
                bodies = bodies.Append(("request", request));
            }

            foreach (var (kind, body) in bodies)
            {
                missing.AddRange(ContentsOf(body)
                    .Where(content => !content.Name.StartsWith("image/", StringComparison.Ordinal))
                    .Where(content => !content.Value.TryGetProperty("example", out _) && !content.Value.TryGetProperty("examples", out _))
                    .Select(content => $"{name}: {kind} {content.Name}"));
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Document_OfTheService_HasNameAndSummaryOfEveryCall()
    {
        foreach (var (_, operation) in await OperationsAsync())
        {
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        }
    }

    [Fact]
    public async Task Document_OfTheService_SaysOfEveryCallWhoItAsksFor()
    {
        var asked = new List<string>();
        var expected = new List<string>();
        foreach (var (name, operation) in await OperationsAsync())
        {
            // An empty list says that the call asks for nobody. To leave it out would not say so.
            var schemes = operation.GetProperty("security").EnumerateArray()
                .Select(requirement => Assert.Single(requirement.EnumerateObject()).Name);
            asked.Add($"{name}: {string.Join(',', schemes)}");
            expected.Add($"{name}: {await SchemeOfAsync(name)}");
        }

        Assert.Equal(expected, asked);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Simulation")]
    public async Task Document_OfTheService_DescribesEveryTag(string environment)
    {
        using var app = new ParkingApplication { EnvironmentName = environment };
        using var client = app.AnonymousClient();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);

        var tags = document.GetProperty("tags").EnumerateArray().ToList();

        Assert.NotEmpty(tags);
        Assert.DoesNotContain(tags, tag => !tag.TryGetProperty("description", out _));
    }

    [Fact]
    public async Task Document_OfTheService_SaysThatInstantsAreTexts()
    {
        var document = await DocumentAsync();

        var instant = document.GetProperty("components").GetProperty("schemas").GetProperty("Instant");

        Assert.Equal(("string", "date-time"), (instant.GetProperty("type").GetString(), instant.GetProperty("format").GetString()));
    }

    [Fact]
    public async Task Page_ForPeople_NeedsNothingFromElsewhere()
    {
        using var client = _app.AnonymousClient();

        var page = await client.GetStringAsync("/scalar/", Cancellation);
        var script = await client.GetByteArrayAsync("/scalar/scalar.js", Cancellation);

        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.True(script.Length > 100_000);
    }

    private static IEnumerable<JsonProperty> ContentsOf(JsonElement body) =>
        body.TryGetProperty("content", out var content) ? content.EnumerateObject() : [];

    /// <summary>The scheme of the document for those whom the call's endpoint lets in; empty if that is everybody.</summary>
    private async Task<string> SchemeOfAsync(string operation)
    {
        var endpoint = Assert.Single(_app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(), endpoint =>
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method]
            && operation == $"{method.ToLowerInvariant()} /{endpoint.RoutePattern.RawText?.Trim('/')}");
        var policy = await AuthorizationPolicy.CombineAsync(
            _app.Services.GetRequiredService<IAuthorizationPolicyProvider>(), endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
        return (endpoint.Metadata.GetMetadata<IAllowAnonymous>(), policy?.AuthenticationSchemes) switch
        {
            (not null, _) or (_, null) => "",
            (_, ["Gate"]) => "gate",
            (_, ["People"]) => "person",
            (_, var schemes) => string.Join(',', schemes),
        };
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = _app.AnonymousClient();
        return await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);
    }

    private async Task<IReadOnlyList<(string Name, JsonElement Operation)>> OperationsAsync() =>
        [
            .. (await DocumentAsync()).GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value))),
        ];
}
