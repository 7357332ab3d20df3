using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

/// <summary>Who may call what. An endpoint that has no row here fails the test, and so does a row that has no endpoint.</summary>
public sealed class EndpointAccessTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string OwnGate = "hsp-in-1";
    private const string OtherGate = "yuyuan-in-1";
    private const string AnyMethod = "*";

    private static readonly Caller[] Everybody = Enum.GetValues<Caller>();
    private static readonly Caller[] People = [Caller.Citizen, Caller.Operator];
    private static readonly Caller[] Operators = [Caller.Operator];

    private static readonly Row[] Table =
    [
        new("POST", "/v1/codes", "/v1/codes", People),
        new("GET", "/v1/me/vehicles", "/v1/me/vehicles", People),
        new("PUT", "/v1/me/vehicles", "/v1/me/vehicles", People),
        new("POST", "/v1/me/vehicles/invitations", "/v1/me/vehicles/invitations", People),
        new("DELETE", "/v1/me/vehicles/shares/{share}", "/v1/me/vehicles/shares/0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", People),
        new("GET", "/v1/me/shared-vehicles", "/v1/me/shared-vehicles", People),
        new("POST", "/v1/me/shared-vehicles", "/v1/me/shared-vehicles", People),
        new("DELETE", "/v1/me/shared-vehicles/{share}", "/v1/me/shared-vehicles/0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", People),
        new("GET", "/v1/me/export", "/v1/me/export", People),
        new("DELETE", "/v1/me", "/v1/me", People),
        new("GET", "/v1/me/stays", "/v1/me/stays", People),
        new("GET", "/v1/stays/{id}", "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90", People),
        new("POST", "/v1/facilities/{id}/rebuild", "/v1/facilities/yuyuan/rebuild", Operators),
        new("POST", "/v1/gates/{gateId}/events", $"/v1/gates/{OwnGate}/events", [Caller.OwnGate]),
        new("GET", "/v1/gates/{gateId}/feed", $"/v1/gates/{OwnGate}/feed", [Caller.OwnGate]),
        new("POST", "/v1/gates/{gateId}/heartbeats", $"/v1/gates/{OwnGate}/heartbeats", [Caller.OwnGate]),
        new("GET", "/v1/gates/{gateId}/commands", $"/v1/gates/{OwnGate}/commands?wait=0", [Caller.OwnGate]),
        new(
            "POST", "/v1/gates/{gateId}/commands/{commandId}/claims", $"/v1/gates/{OwnGate}/commands/01JTCWB2X0S3K7N5Q8V1R4T6YZ/claims",
            [Caller.OwnGate]),
        new("GET", "/v1/gates", "/v1/gates", Operators),
        new("POST", "/v1/gates/{id}/commands", $"/v1/gates/{OwnGate}/commands", Operators),
        new("GET", "/v1/gates/{id}/commands/{commandId}", $"/v1/gates/{OwnGate}/commands/01JTCWB2X0S3K7N5Q8V1R4T6YZ", Operators),
        new("GET", "/v1/facilities/{id}/gates", "/v1/facilities/yuyuan/gates", Operators),
        new("GET", "/v1/facilities/{id}/log", "/v1/facilities/yuyuan/log", Operators),
        new("GET", "/v1/facilities/{id}/occupancy/today", "/v1/facilities/yuyuan/occupancy/today", Operators),
        new("PUT", "/v1/facilities/{id}/state", "/v1/facilities/yuyuan/state", Operators),
        new("POST", "/v1/keys/{kid}/revoke", "/v1/keys/00000000/revoke", Operators),
        new("GET", "/v1/risk", "/v1/risk", Operators),
        new("GET", "/v1/risk/stays", "/v1/risk/stays", Operators),
        new("POST", "/v1/stays/{id}/close", "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90/close", Operators),
        new("GET", "/v1/recording", "/v1/recording", Operators),
        new(AnyMethod, "/hubs/occupancy", "/hubs/occupancy", Operators),
        new(AnyMethod, "/hubs/occupancy/negotiate", "/hubs/occupancy/negotiate?negotiateVersion=1", Operators),
        new(AnyMethod, "/hubs/driver", "/hubs/driver", People),
        new(AnyMethod, "/hubs/driver/negotiate", "/hubs/driver/negotiate?negotiateVersion=1", People),
        new("GET", "/v1/session", "/v1/session", People),
        new("GET", "/", "/", Everybody),
        new("GET", "/console", "/console", Everybody),
        new("GET", "/driver", "/driver", Everybody),
        new("GET", "/driver/parts/vehicles", "/driver/parts/vehicles", Everybody),
        new("GET", "/driver/parts/gates", "/driver/parts/gates", Everybody),
        new("GET", "/sign-in", "/sign-in?to=/driver", Everybody),
        new("GET", "/sign-in/failed", "/sign-in/failed", Everybody),
        new("POST", "/sign-out", "/sign-out", Everybody),
        new("GET", "/v1/districts", "/v1/districts", Everybody),
        new("GET", "/v1/facilities", "/v1/facilities", Everybody),
        new("GET", "/v1/facilities/{id}", "/v1/facilities/yuyuan", Everybody),
        new("GET", "/v1/facilities/{id}/tariff", "/v1/facilities/yuyuan/tariff", Everybody),
        new("GET", "/v1/facilities/{id}/price-board", "/v1/facilities/yuyuan/price-board", Everybody),
        new("GET", "/v1/tariffs/schema", "/v1/tariffs/schema", Everybody),
        new("POST", "/v1/tariffs/quotes", "/v1/tariffs/quotes", People) { MediaType = "application/x-ndjson" },
        new("GET", "/.well-known/jwks.json", "/.well-known/jwks.json", Everybody),
        new("GET", "/.well-known/cose-keys", "/.well-known/cose-keys", Everybody),
        new("GET", "/health", "/health", Everybody),
        new("GET", "/health/live", "/health/live", Everybody),
        new("GET", "/health/ready", "/health/ready", Everybody),
        new("GET", "/openapi/{documentName:regex(^v1$)}.json", "/openapi/v1.json", Everybody),
        new("GET", "/scalar/{documentName?}", "/scalar/", Everybody),
        new("GET", "/scalar/scalar.js", "/scalar/scalar.js", Everybody),
        new("GET", "/scalar/scalar.aspnetcore.js", "/scalar/scalar.aspnetcore.js", Everybody),
        new("GET", "/scalar/favicon.svg", "/scalar/favicon.svg", Everybody),
    ];

    private readonly ParkingApplication _app = shared.App;

    private enum Caller
    {
        Nobody,
        NoGate,
        Citizen,
        Operator,
        OwnGate,
        OtherGate,
    }

    [Fact]
    public void Table_OfCallers_HasExactlyTheEndpointsOfTheService()
    {
        var endpoints = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(endpoint => MethodsOf(endpoint).Select(method => $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}"))
            .ToHashSet();

        var rows = Table.Select(row => $"{row.Method} {row.Pattern}");
        Assert.Multiple(
            () => Assert.Empty(endpoints.Except(rows)),
            () => Assert.Empty(rows.Except(endpoints)));
    }

    [Fact]
    public async Task Endpoint_CalledByAnybody_TurnsAwayExactlyThoseWhoMayNot()
    {
        var wrong = new List<string>();
        foreach (var row in Table)
        {
            foreach (var caller in Everybody)
            {
                var status = await CallAsync(row, caller);
                var expected = row.Allowed.Contains(caller) ? "let in" : ExpectedRefusal(row, caller).ToString();
                var actual = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? status.ToString() : "let in";
                if (expected != actual || (int)status >= 500)
                {
                    wrong.Add($"{row.Method} {row.Pattern} by {caller}: {actual} ({(int)status}), expected {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>A known caller without the right is forbidden; an unknown caller is told to authenticate.</summary>
    private static HttpStatusCode ExpectedRefusal(Row row, Caller caller) => caller switch
    {
        Caller.OtherGate when row.Allowed.Contains(Caller.OwnGate) => HttpStatusCode.Forbidden,
        Caller.Citizen when row.Allowed == Operators => HttpStatusCode.Forbidden,
        _ => HttpStatusCode.Unauthorized,
    };

    private async Task<HttpStatusCode> CallAsync(Row row, Caller caller)
    {
        using var client = _app.AnonymousClient();
        using var request = new HttpRequestMessage(row.Method == AnyMethod ? HttpMethod.Post : new(row.Method), row.Path);

        // What only the pages call, such as /sign-out, comes from the pages' origin.
        request.Headers.Add("Origin", "http://localhost");
        request.Headers.Authorization = caller switch
        {
            Caller.Nobody => null,
            Caller.NoGate => new("Gate", new string('A', 43)),
            Caller.Citizen => Bearer(_app.TokenFor("alice-310101")),
            Caller.Operator => Bearer(_app.TokenFor("olga-310102", "operator")),
            Caller.OwnGate => new("Gate", _app.GateKeyOf(OwnGate)),
            _ => new("Gate", _app.GateKeyOf(OtherGate)),
        };
        if (row.Method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, row.MediaType);
        }

        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : [AnyMethod];

    private sealed record Row(string Method, string Pattern, string Path, Caller[] Allowed)
    {
        public string MediaType { get; init; } = "application/json";
    }
}
