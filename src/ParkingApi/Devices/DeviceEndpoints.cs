using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Codes;
using Parking.Contracts;
using Parking.Devices;

namespace Parking.Api.Devices;

/// <summary>The endpoints with which citizens link devices that make codes without a network.</summary>
internal static class DeviceEndpoints
{
    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 8, 30, 15);

    private static readonly LinkedDevice Example = new()
    {
        Id = "7f0e2d4c6b8a39185766f4e3d2c1b0a9",
        Name = "My phone",
        LinkedAt = At,
        UsedAt = At,
        RenewableUntil = At + DeviceLink.Renewable,
    };

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/v1/me/devices").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        devices.MapGet("", ListAsync)
            .WithName("GetMyDevices").WithSummary("The devices that the calling citizen has linked")
            .WithResponseExample(new LinkedDeviceListAnswer { Devices = [Example] });
        devices.MapPost("", LinkAsync)
            .WithName("LinkDevice").WithSummary("Links a device, which then makes codes without a network")
            .WithDescription(
                "From now on the device gets certificates by the proof of its key alone, for 90 days. Linking the same key again notes the "
                + "sign-in and the name. A citizen has at most 5 devices: a sixth retires the one that was not used for the longest time.")
            .RequireRateLimiting(RateLimits.Minting)
            .WithRequestExample(new LinkDeviceRequest { Name = Example.Name, Key = KeyExample })
            .WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, DeviceProblems.TooManyDevices, HttpProblems.TooManyRequests);
        devices.MapPut("/{device}", RenameAsync)
            .WithName("RenameDevice").WithSummary("Gives a device of the calling citizen another name")
            .WithRequestExample(new RenameDeviceRequest { Name = Example.Name }).WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, DeviceProblems.DeviceNotFound);
        devices.MapDelete("/{device}", RemoveAsync)
            .WithName("RemoveDevice").WithSummary("Removes a device of the calling citizen, lost or not")
            .WithDescription(
                "Its codes are refused at once, and at gates that are cut off as soon as they have heard of it. Answers the list as it is "
                + "now. If there is no such device, nothing changes.")
            .WithResponseExample(new LinkedDeviceListAnswer { Devices = [] });
    }

    internal static DeviceKey KeyExample { get; } = new()
    {
        X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    };

    private static async Task<Ok<LinkedDeviceListAnswer>> ListAsync(
        Citizen citizen, HolderRegistry holders, DeviceRegistry devices, DeviceIds ids) =>
        TypedResults.Ok(await ListOfAsync(await holders.HolderOfAsync(citizen.Key), devices, ids));

    private static async Task<Results<Ok<LinkedDevice>, ValidationProblem, ProblemHttpResult>> LinkAsync(
        LinkDeviceRequest request, Citizen citizen, HolderRegistry holders, DeviceRegistry devices, DeviceIds ids)
    {
        var faults = new Dictionary<string, string[]>();
        Check(request.Name, faults);
        if (!request.Key.TryRead(out var key))
        {
            faults["key"] = ["x and y are a point of the curve P-256."];
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        // At a gate there is no token: what the citizen is entitled to is what it says now.
        var holder = await holders.FindOrAddAsync(citizen.Key);
        await holders.TakeOverAsync(holder, citizen.Entitlements);
        return await devices.LinkAsync(holder, key!, request.Name.Trim()) is { } device
            ? TypedResults.Ok(device.ToContract(holder, ids))
            : DeviceProblems.TooManyDevices.ToResult();
    }

    private static async Task<Results<Ok<LinkedDevice>, ValidationProblem, ProblemHttpResult>> RenameAsync(
        string device, RenameDeviceRequest request, Citizen citizen, HolderRegistry holders, DeviceRegistry devices, DeviceIds ids)
    {
        var faults = new Dictionary<string, string[]>();
        Check(request.Name, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        var holder = await holders.HolderOfAsync(citizen.Key);
        return await FindAsync(device, holder, devices, ids) is { } found
            && await devices.RenameAsync(holder, found.Number, request.Name.Trim()) is { } renamed
                ? TypedResults.Ok(renamed.ToContract(holder, ids))
                : DeviceProblems.DeviceNotFound.ToResult();
    }

    private static async Task<Ok<LinkedDeviceListAnswer>> RemoveAsync(
        string device, Citizen citizen, HolderRegistry holders, DeviceRegistry devices, DeviceIds ids)
    {
        var holder = await holders.HolderOfAsync(citizen.Key);
        if (await FindAsync(device, holder, devices, ids) is { } found)
        {
            await devices.RemoveAsync(holder, found.Number);
        }

        return TypedResults.Ok(await ListOfAsync(holder, devices, ids));
    }

    private static async Task<LinkedDeviceListAnswer> ListOfAsync(HolderId holder, DeviceRegistry devices, DeviceIds ids) => new()
    {
        Devices = [.. (await devices.LoadAsync(holder)).Listed.Select(device => device.ToContract(holder, ids))],
    };

    /// <summary>The device of this name, also one that has ended: ending can be repeated.</summary>
    private static async Task<Device?> FindAsync(string text, HolderId holder, DeviceRegistry devices, DeviceIds ids) =>
        CodeId.TryParse(text, out var id)
            ? (await devices.LoadAsync(holder)).All.FirstOrDefault(device => ids.IsNameOf(id, holder, device))
            : null;

    private static void Check(string name, Dictionary<string, string[]> faults)
    {
        if (!PlainText.IsOneLine(name))
        {
            faults["name"] = ["One line of 1 to 40 characters, without anything that cannot be seen."];
        }
    }
}
