using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Clients;
using Parking.Simulation.Operators;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Settings;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>What operators do in the past hour, by the same calls as their console.</summary>
/// <param name="http">Has the service's address, and stamps its requests with virtual time.</param>
/// <param name="identities">Sign the operators' tokens, by the machine's time.</param>
/// <param name="now">Virtual time.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class PastOperators(HttpClient http, Identities identities, VirtualTime now, TimeProvider time)
{
    private readonly PatientSender _sender = new(http, time);

    /// <summary>Acknowledges an alarm, if it has been raised.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it.</exception>
    public async Task AcknowledgeAsync(DemoOperator who, string alarm, CancellationToken cancellationToken)
    {
        var list = await SendAsync<AlarmList>(who, HttpMethod.Get, "/v1/alarms", null, cancellationToken);
        if (list.Alarms.FirstOrDefault(one => one.Id == alarm) is { } raised)
        {
            var seen = new { Alarms = new[] { raised } };
            await SendAsync<JsonElement>(who, HttpMethod.Post, "/v1/alarms/acknowledge", seen, cancellationToken);
        }
    }

    /// <summary>Closes a facility to entries, or opens it again.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it.</exception>
    public Task CloseAsync(DemoOperator who, string facility, bool closed, CancellationToken cancellationToken) => SendAsync<JsonElement>(
        who, HttpMethod.Put, $"/v1/facilities/{facility}/state", new { Closed = closed }, cancellationToken);

    /// <summary>Records a count of the parked vehicles.</summary>
    /// <exception cref="ServiceRefusedException">The service did not do it.</exception>
    public async Task CountAsync(DemoOperator who, string facility, int count, string reason, CancellationToken cancellationToken)
    {
        var path = $"/v1/facilities/{facility}/inventories";
        var countedAt = now.Now;
        var preview = await SendAsync<Preview>(
            who, HttpMethod.Post, $"{path}/preview", new { CountedAt = countedAt, Count = count }, cancellationToken);
        await SendAsync<JsonElement>(
            who, HttpMethod.Post, path, new { Id = DrawId(), CountedAt = countedAt, Count = count, Reason = reason, preview.Version },
            cancellationToken);
    }

    /// <summary>Gives a gate the command to open for one vehicle.</summary>
    /// <exception cref="ServiceRefusedException">The service did not take it.</exception>
    public Task OpenOnceAsync(DemoOperator who, string gate, string reason, CancellationToken cancellationToken) => SendAsync<JsonElement>(
        who, HttpMethod.Post, $"/v1/gates/{gate}/commands", new { Id = DrawId(), Command = BarrierCommand.OpenOnce, Reason = reason },
        cancellationToken);

    private string DrawId() => Ulid.Draw(now.Now.ToDateTimeOffset(), RandomNumberGenerator.GetBytes(Ulid.RandomSize));

    private Task<T> SendAsync<T>(DemoOperator who, HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        _sender.SendAsync<T>(
            $"{method} {path} of the past hour",
            () => new HttpRequestMessage(method, path)
            {
                Headers =
                {
                    Authorization = new AuthenticationHeaderValue("Bearer", identities.StaffToken(who.Citizen, who.Staff, who.Duties)),
                },
                Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ClientJson.Options),
            },
            cancellationToken);

    private sealed record AlarmList(IReadOnlyList<SeenAlarm> Alarms);

    private sealed record SeenAlarm(string Id, long Occurrence);

    private sealed record Preview(string Version);
}
