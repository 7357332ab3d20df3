using System.Net.Http.Json;
using Parking.Contracts;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>What people do who share a car, over HTTP.</summary>
internal static class CarSharing
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lists cars with these plates, and nothing else.</summary>
    public static async Task ListCarsAsync(this ParkingApplication app, string citizen, params string[] plates)
    {
        using var client = app.CitizenClient(citizen);
        var cars = plates.Select(plate => new Vehicle { Plate = plate, Class = VehicleClass.Car });
        using var response = await client.PutAsJsonAsync(
            "/v1/me/vehicles", new VehicleListRequest { Vehicles = [.. cars] }, ContractJson.Options, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    public static async Task<InviteAnswer> InviteAsync(this ParkingApplication app, string owner, string plate)
    {
        using var response = await app.TryInviteAsync(owner, plate);
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<InviteAnswer>(ContractJson.Options, Cancellation))!;
        app.Secrets.Add(answer.Invitation);
        return answer;
    }

    public static async Task<HttpResponseMessage> TryInviteAsync(this ParkingApplication app, string owner, string plate)
    {
        using var client = app.CitizenClient(owner);
        return await client.PostAsJsonAsync(
            "/v1/me/vehicles/invitations", new InviteRequest { Plate = plate }, ContractJson.Options, Cancellation);
    }

    public static async Task<HttpResponseMessage> TryAcceptAsync(this ParkingApplication app, string member, string invitation)
    {
        using var client = app.CitizenClient(member);
        return await client.PostAsJsonAsync(
            "/v1/me/shared-vehicles", new AcceptRequest { Invitation = invitation }, ContractJson.Options, Cancellation);
    }

    /// <summary>The owner invites, and the member accepts.</summary>
    /// <returns>The share's id.</returns>
    public static async Task<string> ShareAsync(this ParkingApplication app, string owner, string member, string plate)
    {
        var invited = await app.InviteAsync(owner, plate);
        using var response = await app.TryAcceptAsync(member, invited.Invitation);
        response.EnsureSuccessStatusCode();
        return invited.Share;
    }

    /// <summary>The owner withdraws a share or an invitation, and is told the vehicles as they are then.</summary>
    public static async Task<VehicleListAnswer> WithdrawAsync(this ParkingApplication app, string owner, string share)
    {
        using var client = app.CitizenClient(owner);
        return (await client.DeleteFromJsonAsync<VehicleListAnswer>(
            $"/v1/me/vehicles/shares/{share}", ContractJson.Options, Cancellation))!;
    }

    /// <summary>The member leaves, and is told the shared vehicles as they are then.</summary>
    public static async Task<SharedVehicleListAnswer> LeaveAsync(this ParkingApplication app, string member, string share)
    {
        using var client = app.CitizenClient(member);
        return (await client.DeleteFromJsonAsync<SharedVehicleListAnswer>(
            $"/v1/me/shared-vehicles/{share}", ContractJson.Options, Cancellation))!;
    }

    public static Task<VehicleListAnswer> VehiclesOfAsync(this ParkingApplication app, string citizen) =>
        app.ReadAsync<VehicleListAnswer>(citizen, "/v1/me/vehicles");

    public static Task<SharedVehicleListAnswer> SharedWithAsync(this ParkingApplication app, string citizen) =>
        app.ReadAsync<SharedVehicleListAnswer>(citizen, "/v1/me/shared-vehicles");

    public static Task<MyStaysAnswer> StaysOfAsync(this ParkingApplication app, string citizen) =>
        app.ReadAsync<MyStaysAnswer>(citizen, "/v1/me/stays");

    public static async Task<HttpResponseMessage> TryReadStayAsync(this ParkingApplication app, string citizen, string stay)
    {
        using var client = app.CitizenClient(citizen);
        return await client.GetAsync($"/v1/stays/{stay}", Cancellation);
    }

    private static async Task<T> ReadAsync<T>(this ParkingApplication app, string citizen, string path)
    {
        using var client = app.CitizenClient(citizen);
        return (await client.GetFromJsonAsync<T>(path, ContractJson.Options, Cancellation))!;
    }
}
