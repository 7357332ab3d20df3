namespace Parking.DriverProxy;

/// <summary>What the drivers' page needs of the service, and nothing of operators, gates and the simulation's clock.</summary>
internal static class DriverRoutes
{
    private static readonly string[] Read = ["GET", "HEAD"], Post = ["POST"], All = ["GET", "HEAD", "POST", "PUT", "DELETE"],

        // Over HTTP/2 a WebSocket begins with CONNECT.
        Connect = ["GET", "CONNECT"];

    /// <summary>Each path with the methods that are let through.</summary>
    public static IReadOnlyList<(string Path, string[] Methods)> Allowed { get; } =
    [
        // The page with its worker, parts and files.
        ("/", Read),
        ("/driver/{**file}", Read),
        ("/shared/{**file}", Read),

        // Signing in, at the development sign-in, and out. The provider's other paths are for the service alone.
        ("/sign-in", Read),
        ("/sign-in/failed", Read),
        ("/sign-in/sign-in.css", Read),
        ("/development/sign-in", Read),
        ("/signed-in", Read),
        ("/sign-out", Post),
        ("/v1/session", Read),

        // What is the driver's own.
        ("/v1/codes", Post),
        ("/v1/me/{**what}", All),
        ("/v1/stays/{id}", Read),
        ("/v1/devices/challenges", Post),
        ("/v1/devices/certificates", Post),
        ("/hubs/driver", Connect),

        // What everybody may know of car parks.
        ("/v1/districts", Read),
        ("/v1/facilities", Read),
        ("/v1/facilities/{id}", Read),
        ("/v1/facilities/{id}/tariff", Read),
        ("/v1/facilities/{id}/price-board", Read),

        // The page's card "Be at a gate", which shows the driver's code to a camera of the demo.
        ("/demo/gates", Read),
        ("/demo/gates/{gate}/show", Post),
        ("/demo/pictures/{id}", Read),
    ];
}
