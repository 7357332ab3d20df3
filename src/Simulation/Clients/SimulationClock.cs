using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using Parking.GateProgram;

namespace Parking.Simulation.Clients;

/// <summary>
/// The time of a service that is a simulation. It stands still unless it is moved from here, and moves once no request is being handled.
/// Every call may be repeated, and is.
/// </summary>
/// <param name="sender">Reaches the service.</param>
/// <param name="operatorToken">Makes an operator's token.</param>
internal sealed class SimulationClock(PatientSender sender, Func<string> operatorToken)
{
    /// <summary>What time it is there.</summary>
    /// <exception cref="ServiceRefusedException">The service did not say.</exception>
    public Task<Instant> ReadAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "simulation/clock", null, cancellationToken);

    /// <summary>Moves it forward.</summary>
    /// <param name="to">Now or later, by the service's time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceRefusedException">The service did not do it; it is later there already, say.</exception>
    public Task<Instant> AdvanceAsync(Instant to, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "simulation/clock", new Move(to), cancellationToken);

    /// <summary>Runs all pending background work of the service now, so that its books can be compared.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it.</exception>
    public Task<Instant> SettleAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "simulation/settle", null, cancellationToken);

    private async Task<Instant> AskAsync(HttpMethod method, string path, Move? move, CancellationToken cancellationToken)
    {
        var clock = await sender.SendAsync<Clock>(
            $"the simulation's clock ({path})",
            () => new HttpRequestMessage(method, path)
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", operatorToken()) },
                Content = move is null ? null : JsonContent.Create(move, options: ClientJson.Options),
            },
            cancellationToken);
        return clock.Now;
    }

    private sealed record Move(Instant To);

    private sealed record Clock(Instant Now);
}
