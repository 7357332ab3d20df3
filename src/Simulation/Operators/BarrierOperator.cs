using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using NodaTime.Extensions;
using Parking.GateProtocol;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Operators;

/// <summary>Gives commands to barriers as an operator's console does, and follows how far they come.</summary>
public sealed class BarrierOperator
{
    /// <summary>Long enough for the last grant and what is reported after it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly PatientSender _sender;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeProvider _time;

    /// <param name="http">Has the service's address.</param>
    /// <param name="settings">The operator's token, or the key that signs it.</param>
    /// <param name="time">Draws the ids of commands, and waits.</param>
    public BarrierOperator(HttpClient http, ServiceSettings settings, TimeProvider time)
    {
        (_sender, _time) = (new PatientSender(http, time), time);
        _authorization = new("Bearer", new Identities(settings, "barrier", time.ToClock()).OperatorToken());
    }

    /// <summary>Gives a command, and waits for its end.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="order">The command.</param>
    /// <param name="onProgress">Called with each state, the first one included.</param>
    /// <param name="cancellationToken">Ends the wait; the command is not taken back.</param>
    /// <returns>The last state.</returns>
    /// <exception cref="ServiceRefusedException">The service refused it, or cannot be reached.</exception>
    public async Task<BarrierProgress> GiveAsync(
        string gate, BarrierOrder order, Action<BarrierProgress> onProgress, CancellationToken cancellationToken)
    {
        // Sent again, it has the same id, and is the same command.
        var request = new BarrierRequest(
            Ulid.Draw(_time.GetUtcNow(), RandomNumberGenerator.GetBytes(Ulid.RandomSize)), order.Command, order.Stay, order.Reason,
            order.Seconds);
        var path = $"/v1/gates/{Uri.EscapeDataString(gate)}/commands";
        var started = _time.GetTimestamp();
        var last = await SendAsync(HttpMethod.Post, path, JsonContent.Create(request, options: GateProtocolJson.Options));
        onProgress(last);
        while (!last.IsOver && _time.GetElapsedTime(started) < Longest)
        {
            await Task.Delay(LookEvery, _time, cancellationToken);
            var next = await SendAsync(HttpMethod.Get, $"{path}/{request.Id}", null);
            if (next.State != last.State)
            {
                onProgress(next);
            }
            last = next;
        }
        return last;

        Task<BarrierProgress> SendAsync(HttpMethod method, string to, HttpContent? content) => _sender.SendAsync<BarrierProgress>(
            $"a command to {gate}",
            () => new HttpRequestMessage(method, to)
            {
                Content = content,
                Headers = { Authorization = _authorization },
            },
            cancellationToken);
    }

    private sealed record BarrierRequest(string Id, BarrierCommand Command, string? Stay, string Reason, int? Seconds);
}

/// <summary>A command to a barrier.</summary>
/// <param name="Command">What the barrier is to do.</param>
/// <param name="Reason">Why.</param>
/// <param name="Stay">The stay that ends with it; null if none is named.</param>
/// <param name="Seconds">For how long; null if it does not last.</param>
public sealed record BarrierOrder(BarrierCommand Command, string Reason, string? Stay, int? Seconds);

/// <summary>How far a command is, as far as the service knows.</summary>
/// <param name="Id">The command's name.</param>
/// <param name="State">In the service's word.</param>
/// <param name="Obstacle">Why the gate did not obey, in the service's word; null if there is no reason.</param>
public sealed record BarrierProgress(string Id, string State, string? Obstacle)
{
    /// <summary>The state of a command that its gate has obeyed.</summary>
    public const string Obeyed = "obeyed";

    /// <summary>Whether nothing more is to be expected.</summary>
    public bool IsOver => State is not ("queued" or "granted");
}
