using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

/// <summary>Who calls.</summary>
internal enum Caller
{
    Nobody,
    NoGate,
    Citizen,

    /// <summary>With every duty for the whole city.</summary>
    Operator,

    OwnGate,
    OtherGate,
}

/// <summary>An endpoint and who may call it.</summary>
/// <param name="Method">The method; <see cref="EndpointTable.AnyMethod"/> for a hub.</param>
/// <param name="Pattern">The route.</param>
/// <param name="Path">An address of it.</param>
/// <param name="Allowed">Those who may.</param>
internal sealed record EndpointRow(string Method, string Pattern, string Path, Caller[] Allowed)
{
    public EndpointRow(string method, string pattern, string path, NeededDuty needs)
        : this(method, pattern, path, [Caller.Operator]) => Needs = needs;

    /// <summary>The duty without which an operator may not call; null where duties do not matter.</summary>
    public NeededDuty? Needs { get; }

    public string MediaType { get; init; } = "application/json";

    public string Name => $"{Method} {Pattern}";

    /// <summary>A call without credentials; if it has a body, an empty object.</summary>
    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method == EndpointTable.AnyMethod ? HttpMethod.Post : new(Method), Path);

        // What only the pages call, such as /sign-out, comes from the pages' origin.
        request.Headers.Add("Origin", "http://localhost");
        if (Method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, MediaType);
        }

        return request;
    }
}

/// <summary>The duty that a call needs.</summary>
/// <param name="Kind">The duty.</param>
/// <param name="Scopes">The scopes that it may be for; empty where any will do.</param>
internal sealed record NeededDuty(string Kind, string[] Scopes);

/// <summary>
/// Every endpoint of the service in Development. An endpoint that has no row here fails a test, and so does a row that has no endpoint.
/// </summary>
internal static class EndpointTable
{
    public const string OwnGate = "hsp-in-1";
    public const string OtherGate = "yuyuan-in-1";
    public const string AnyMethod = "*";

    public static readonly Caller[] Everybody = Enum.GetValues<Caller>();

    private static readonly Caller[] People = [Caller.Citizen, Caller.Operator];
    private static readonly string[] City = ["city"], Hsp = ["city", "district:huangpu", "facility:hsp"], Anywhere = [];

    public static readonly EndpointRow[] Rows =
    [
        new("POST", "/v1/codes", "/v1/codes", People),
        new("GET", "/v1/me/vehicles", "/v1/me/vehicles", People),
        new("PUT", "/v1/me/vehicles", "/v1/me/vehicles", People),
        new("POST", "/v1/me/vehicles/invitations", "/v1/me/vehicles/invitations", People),
        new("DELETE", "/v1/me/vehicles/shares/{share}", "/v1/me/vehicles/shares/0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", People),
        new("GET", "/v1/me/shared-vehicles", "/v1/me/shared-vehicles", People),
        new("POST", "/v1/me/shared-vehicles", "/v1/me/shared-vehicles", People),
        new("DELETE", "/v1/me/shared-vehicles/{share}", "/v1/me/shared-vehicles/0c5b1f9e7a3d48268e4f6a1b2c3d4e5f", People),
        new("GET", "/v1/me/devices", "/v1/me/devices", People),
        new("POST", "/v1/me/devices", "/v1/me/devices", People),
        new("PUT", "/v1/me/devices/{device}", "/v1/me/devices/7f0e2d4c6b8a39185766f4e3d2c1b0a9", People),
        new("DELETE", "/v1/me/devices/{device}", "/v1/me/devices/7f0e2d4c6b8a39185766f4e3d2c1b0a9", People),
        new("POST", "/v1/devices/challenges", "/v1/devices/challenges", Everybody),
        new("POST", "/v1/devices/certificates", "/v1/devices/certificates", Everybody),
        new("GET", "/v1/me/export", "/v1/me/export", People),
        new("DELETE", "/v1/me", "/v1/me", People),
        new("GET", "/v1/me/stays", "/v1/me/stays", People),
        new("GET", "/v1/me/archive/stays", "/v1/me/archive/stays", People),
        new("GET", "/v1/me/archive/stays/{id}", "/v1/me/archive/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90", People),
        new("GET", "/v1/me/cases", "/v1/me/cases", People),
        new("POST", "/v1/me/cases", "/v1/me/cases", People),
        new("GET", "/v1/stays/{id}", "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90", People),
        new("POST", "/v1/facilities/{id}/rebuild", "/v1/facilities/hsp/rebuild", Duty("operate", Hsp)),
        new("POST", "/v1/gates/{gateId}/events", $"/v1/gates/{OwnGate}/events", [Caller.OwnGate]),
        new("GET", "/v1/gates/{gateId}/feed", $"/v1/gates/{OwnGate}/feed", [Caller.OwnGate]),
        new("GET", "/v1/gates/{gateId}/revocations", $"/v1/gates/{OwnGate}/revocations", [Caller.OwnGate]),
        new("POST", "/v1/gates/{gateId}/heartbeats", $"/v1/gates/{OwnGate}/heartbeats", [Caller.OwnGate]),
        new("GET", "/v1/gates/{gateId}/commands", $"/v1/gates/{OwnGate}/commands?wait=0", [Caller.OwnGate]),
        new(
            "POST", "/v1/gates/{gateId}/commands/{commandId}/claims", $"/v1/gates/{OwnGate}/commands/01JTCWB2X0S3K7N5Q8V1R4T6YZ/claims",
            [Caller.OwnGate]),
        new("GET", "/v1/gates", "/v1/gates", Duty("watch", Anywhere)),
        new("POST", "/v1/gates/{id}/commands", $"/v1/gates/{OwnGate}/commands", Duty("operate", Hsp)),
        new(
            "GET", "/v1/gates/{id}/commands/{commandId}", $"/v1/gates/{OwnGate}/commands/01JTCWB2X0S3K7N5Q8V1R4T6YZ",
            Duty("watch", Hsp)),
        new("GET", "/v1/facilities/{id}/gates", "/v1/facilities/hsp/gates", Duty("watch", Hsp)),
        new("GET", "/v1/facilities/{id}/log", "/v1/facilities/hsp/log", Duty("watch", Hsp)),
        new("GET", "/v1/facilities/{id}/occupancy/today", "/v1/facilities/hsp/occupancy/today", Duty("watch", Hsp)),
        new("GET", "/v1/facilities/{id}/use", "/v1/facilities/hsp/use?from=2026-05-04&to=2026-05-04", Duty("watch", Hsp)),
        new("GET", "/v1/use", "/v1/use?from=2026-05-04&to=2026-05-04", Duty("watch", Anywhere)),
        new("PUT", "/v1/facilities/{id}/state", "/v1/facilities/hsp/state", Duty("operate", Hsp)),
        new("POST", "/v1/facilities/{id}/inventories", "/v1/facilities/hsp/inventories", Duty("operate", Hsp)),
        new("POST", "/v1/facilities/{id}/inventories/preview", "/v1/facilities/hsp/inventories/preview", Duty("operate", Hsp)),
        new("POST", "/v1/keys/{kid}/revoke", "/v1/keys/00000000/revoke", Duty("admin", City)),
        new("GET", "/v1/risk", "/v1/risk", Duty("watch", Anywhere)),
        new("GET", "/v1/risk/stays", "/v1/risk/stays", Duty("watch", Anywhere)),
        new("POST", "/v1/stays/{id}/close", "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90/close", Duty("operate", City)),
        new("GET", "/v1/archive/stays", "/v1/archive/stays?facility=hsp", Duty("watch", Hsp)),
        new("POST", "/v1/archive/stays/by-plate", "/v1/archive/stays/by-plate", Duty("operate", City)),
        new("GET", "/v1/archive/stays/{id}", "/v1/archive/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90", Duty("watch", City)),
        new(
            "POST", "/v1/archive/stays/{id}/cases", "/v1/archive/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90/cases", Duty("operate", City)),
        new("GET", "/v1/cases", "/v1/cases", Duty("operate", Anywhere)),
        new("GET", "/v1/cases/{number}", "/v1/cases/9999-6", Duty("operate", City)),
        new("POST", "/v1/cases/{number}/assign", "/v1/cases/9999-6/assign", Duty("operate", City)),
        new("POST", "/v1/cases/{number}/answer", "/v1/cases/9999-6/answer", Duty("operate", City)),
        new("POST", "/v1/cases/{number}/close", "/v1/cases/9999-6/close", Duty("operate", City)),
        new("GET", "/v1/alarms", "/v1/alarms", Duty("watch", Anywhere)),
        new("POST", "/v1/alarms/acknowledge", "/v1/alarms/acknowledge", Duty("operate", Anywhere)),
        new("POST", "/v1/alarms/{id}/shelve", $"/v1/alarms/gate_silent:{OwnGate}/shelve", Duty("operate", Hsp)),
        new("POST", "/v1/alarms/{id}/unshelve", $"/v1/alarms/gate_silent:{OwnGate}/unshelve", Duty("operate", Hsp)),
        new("GET", "/v1/audit", "/v1/audit", Duty("watch", Anywhere)),
        new("GET", "/v1/audit/export", "/v1/audit/export", Duty("admin", City)),
        new("DELETE", "/v1/audit/{sequence}/detail", "/v1/audit/1/detail", Duty("admin", City)),
        new("GET", "/v1/recording", "/v1/recording", Duty("watch", City)),
        new("POST", "/v1/withdrawals", "/v1/withdrawals", Duty("admin", City)),
        new("GET", "/v1/screens", "/v1/screens", Duty("admin", City)),
        new("POST", "/v1/screens", "/v1/screens", Duty("admin", City)),
        new("DELETE", "/v1/screens/{id}", "/v1/screens/01JTCWB2X0S3K7N5Q8V1R4T6YZ", Duty("admin", City)),
        new(AnyMethod, "/hubs/occupancy", "/hubs/occupancy", Duty("watch", Anywhere)),
        new(AnyMethod, "/hubs/occupancy/negotiate", "/hubs/occupancy/negotiate?negotiateVersion=1", Duty("watch", Anywhere)),
        new(AnyMethod, "/hubs/driver", "/hubs/driver", People),
        new(AnyMethod, "/hubs/driver/negotiate", "/hubs/driver/negotiate?negotiateVersion=1", People),
        new("GET", "/v1/session", "/v1/session", People),
        new("GET", "/", "/", Everybody),
        new("GET", "/console", "/console", Everybody),
        new("GET", "/driver", "/driver", Everybody),
        new("GET", "/console/parts/alarms", "/console/parts/alarms", Everybody),
        new("GET", "/console/parts/audit", "/console/parts/audit", Everybody),
        new("GET", "/console/parts/cases", "/console/parts/cases", Everybody),
        new("GET", "/console/parts/inventory", "/console/parts/inventory", Everybody),
        new("GET", "/console/parts/stays", "/console/parts/stays", Everybody),
        new("GET", "/console/parts/tariffs", "/console/parts/tariffs", Everybody),
        new("GET", "/console/parts/use", "/console/parts/use", Everybody),
        new("GET", "/driver/sw.js", "/driver/sw.js", Everybody),
        new("GET", "/driver/parts/places", "/driver/parts/places", Everybody),
        new("GET", "/driver/parts/stays", "/driver/parts/stays", Everybody),
        new("GET", "/driver/parts/help", "/driver/parts/help", Everybody),
        new("GET", "/driver/parts/vehicles", "/driver/parts/vehicles", Everybody),
        new("GET", "/driver/parts/gates", "/driver/parts/gates", Everybody),
        new("GET", "/sign-in", "/sign-in?to=/driver", Everybody),
        new("GET", "/sign-in/failed", "/sign-in/failed", Everybody),
        new("GET", "/sign-in/screen", "/sign-in/screen", Everybody),
        new("POST", "/sign-in/screen", "/sign-in/screen", Everybody),
        new("POST", "/sign-out", "/sign-out", Everybody),
        new("POST", "/back-channel-logout", "/back-channel-logout", Everybody),
        new("GET", "/v1/districts", "/v1/districts", Everybody),
        new("GET", "/v1/facilities", "/v1/facilities", Everybody),
        new("GET", "/v1/facilities/{id}", "/v1/facilities/yuyuan", Everybody),
        new("GET", "/v1/facilities/{id}/tariff", "/v1/facilities/yuyuan/tariff", Everybody),
        new("GET", "/v1/facilities/{id}/price-board", "/v1/facilities/yuyuan/price-board", Everybody),
        new("GET", "/v1/tariffs/schema", "/v1/tariffs/schema", Everybody),
        new("POST", "/v1/tariffs/quotes", "/v1/tariffs/quotes", People) { MediaType = "application/x-ndjson" },
        new("GET", "/.well-known/jwks.json", "/.well-known/jwks.json", Everybody),
        new("GET", "/.well-known/cose-keys", "/.well-known/cose-keys", Everybody),
        new("GET", "/.well-known/certificate-jwks.json", "/.well-known/certificate-jwks.json", Everybody),
        new("GET", "/.well-known/certificate-cose-keys", "/.well-known/certificate-cose-keys", Everybody),
        new("GET", "/health", "/health", Everybody),
        new("GET", "/health/live", "/health/live", Everybody),
        new("GET", "/health/ready", "/health/ready", Everybody),
        new("GET", "/openapi/{documentName:regex(^v1$)}.json", "/openapi/v1.json", Everybody),
        new("GET", "/scalar/{documentName?}", "/scalar/", Everybody),
        new("GET", "/scalar/scalar.js", "/scalar/scalar.js", Everybody),
        new("GET", "/scalar/scalar.aspnetcore.js", "/scalar/scalar.aspnetcore.js", Everybody),
        new("GET", "/scalar/favicon.svg", "/scalar/favicon.svg", Everybody),
    ];

    /// <summary>The endpoints that the service has, as <see cref="EndpointRow.Name"/> names them.</summary>
    public static IEnumerable<string> NamesIn(ParkingApplication app) => EndpointsOf(app).SelectMany(NamesOf);

    public static IEnumerable<RouteEndpoint> EndpointsOf(ParkingApplication app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    public static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some ? some : [AnyMethod];
        return methods.Select(method => $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}");
    }

    private static NeededDuty Duty(string kind, string[] scopes) => new(kind, scopes);
}
