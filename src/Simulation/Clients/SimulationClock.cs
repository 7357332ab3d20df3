using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using Parking.GateProgram;

namespace Parking.Simulation.Clients;

/// <summary>
/// Reads and moves the clock of a service that runs as a simulation. The clock stands still until a request moves it, and it moves only
/// when no other request is being handled. Every call is idempotent and may be sent again.
/// </summary>
/// <param name="sender">Sends the requests.</param>
/// <param name="operatorToken">Creates an operator's token.</param>
internal sealed class SimulationClock(PatientSender sender, Func<string> operatorToken)
{
    /// <summary>Reads the simulation's time.</summary>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public Task<Instant> ReadAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "simulation/clock", null, cancellationToken);

    /// <summary>Moves the clock forward.</summary>
    /// <param name="to">The new time: not before the service's time.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The service did not do it, for example because its time is later.</exception>
    public Task<Instant> AdvanceAsync(Instant to, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "simulation/clock", new Move(to), cancellationToken);

    /// <summary>Runs all pending background work of the service now, so that its books can be compared.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it.</exception>
    public Task<Instant> SettleAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "simulation/settle", null, cancellationToken);

    /// <summary>Moves the clock to the machine's time, and lets it run by itself from then on.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it, for example because its time is later.</exception>
    public Task<Instant> ReleaseAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "simulation/release", null, cancellationToken);

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
