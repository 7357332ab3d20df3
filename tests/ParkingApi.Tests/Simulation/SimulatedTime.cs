using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Simulation;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Simulation;

/// <summary>A simulation that begins on a day in 2016, and what its operator does to time.</summary>
internal static class SimulatedTime
{
    public const string Start = "2016-02-01T08:00:00Z";

    public static ParkingApplication Begin(params IEnumerable<(string, string?)> settings) =>
        new([("Simulation:StartsAt", Start), .. settings]) { EnvironmentName = SimulationMode.EnvironmentName };

    public static async Task<HttpResponseMessage> PostClockAsync(this ParkingApplication app, string to, CancellationToken cancellationToken)
    {
        using var client = app.OperatorClient();
        return await client.PostAsJsonAsync("/simulation/clock", new { to }, cancellationToken);
    }

    /// <summary>Moves the clock, and expects it to have moved.</summary>
    public static async Task<ClockContract> AdvanceAsync(this ParkingApplication app, string to)
    {
        using var response = await app.PostClockAsync(to, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ClockContract>(GateProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    public static async Task SettleAsync(this ParkingApplication app)
    {
        using var client = app.OperatorClient();
        using var response = await client.PostAsync("/simulation/settle", null, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What the service takes for the time.</summary>
    public static async Task<string?> ClockAsync(this ParkingApplication app)
    {
        using var client = app.OperatorClient();
        var clock = await client.GetFromJsonAsync<JsonElement>("/simulation/clock", TestContext.Current.CancellationToken);
        return clock.GetProperty("now").GetString();
    }
}
