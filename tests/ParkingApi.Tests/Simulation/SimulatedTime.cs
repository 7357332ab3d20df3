using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Api.Hosting;
using Parking.Api.Simulation;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Simulation;

/// <summary>A simulation that begins on a day in 2016, and what its operator does to time.</summary>
internal static class SimulatedTime
{
    public const string Start = "2016-02-01T08:00:00Z";

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    public static ParkingApplication Begin(params IEnumerable<(string, string?)> settings) =>
        new([("Simulation:StartsAt", Start), .. settings]) { EnvironmentName = SimulationMode.EnvironmentName };

    /// <summary>Begins a simulation on the given store in place of its own.</summary>
    public static ParkingApplication BeginOn(ILiveStore store) => new(("Simulation:StartsAt", Start))
    {
        EnvironmentName = SimulationMode.EnvironmentName,
        Replace = services => services.Replace(ServiceDescriptor.Singleton(store)),
    };

    /// <summary>Waits until somebody moves the clock, or wants to.</summary>
    public static async Task WaitUntilShutAsync(this ParkingApplication app)
    {
        var traffic = app.Services.GetRequiredService<Traffic>();
        while (!traffic.IsShut)
        {
            await Task.Delay(PollEvery, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<HttpResponseMessage> PostClockAsync(
        this ParkingApplication app, string to, CancellationToken cancellationToken)
    {
        using var client = app.OperatorClient();
        return await client.PostAsJsonAsync("/simulation/clock", new { to }, cancellationToken);
    }

    /// <summary>Moves the clock, and expects it to have moved.</summary>
    public static async Task<ClockAnswer> AdvanceAsync(this ParkingApplication app, string to)
    {
        using var response = await app.PostClockAsync(to, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ClockAnswer>(GateProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    public static async Task<HttpResponseMessage> ReleaseAsync(this ParkingApplication app)
    {
        using var client = app.OperatorClient();
        return await client.PostAsync("/simulation/release", null, TestContext.Current.CancellationToken);
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
