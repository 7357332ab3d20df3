using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Phones;

/// <summary>A citizen's phone. It shows a code, fetches the next one when it is due or after a use, and reads its owner's stays.</summary>
/// <param name="http">Has the service's address.</param>
/// <param name="name">The driver's name, for error messages.</param>
/// <param name="token">The citizen's bearer token.</param>
/// <param name="time">Tells when to redraw a code, and waits when the service asks for it.</param>
internal sealed class CitizenPhone(HttpClient http, string name, string token, TimeProvider time)
{
    private readonly PatientSender _sender = new(http, time);
    private readonly IClock _clock = time.ToClock();
    private readonly AuthenticationHeaderValue _authorization = new("Bearer", token);
    private readonly Dictionary<string, PhoneCode> _shown = [];

    /// <summary>Replaces the citizen's list of vehicles.</summary>
    /// <exception cref="ServiceRefusedException">The service refused them.</exception>
    public Task RegisterAsync(IReadOnlyList<Vehicle> vehicles, CancellationToken cancellationToken) => _sender.SendAsync<VehicleList>(
        $"{name}, registering vehicles",
        () => Request(HttpMethod.Put, "/v1/me/vehicles", new VehicleList(vehicles)),
        cancellationToken);

    /// <summary>The code on the screen: the last one fetched, or a new one if that was used or must be redrawn.</summary>
    /// <param name="plate">The plate of the vehicle in the code; null for a code without a vehicle.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The service issued no code.</exception>
    public async Task<PhoneCode> ShowAsync(string? plate, CancellationToken cancellationToken)
    {
        var key = plate ?? "";
        if (!_shown.TryGetValue(key, out var code) || code.RedrawAt <= _clock.GetCurrentInstant())
        {
            code = _shown[key] = await FetchAsync(plate, cancellationToken);
        }
        return code;
    }

    /// <summary>Marks the code as used at a gate. The next call shows a new one.</summary>
    public void MarkUsed() => _shown.Clear();

    /// <summary>Fetches a new code without showing it later.</summary>
    /// <exception cref="ServiceRefusedException">The service issued no code.</exception>
    public Task<PhoneCode> FetchAsync(string? plate, CancellationToken cancellationToken) => _sender.SendAsync<PhoneCode>(
        $"{name}, fetching a code",
        () => Request(HttpMethod.Post, "/v1/codes", new CodeWish(plate)),
        cancellationToken);

    /// <summary>The citizen's stays.</summary>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public Task<StayList> GetStaysAsync(CancellationToken cancellationToken) => _sender.SendAsync<StayList>(
        $"{name}, asking for stays",
        () => Request(HttpMethod.Get, "/v1/me/stays"),
        cancellationToken);

    /// <summary>The price of a possible stay.</summary>
    /// <param name="facility">The facility; it must have a tariff.</param>
    /// <param name="enteredAt">The entry.</param>
    /// <param name="exitedAt">The exit.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public Task<StayQuote> AskPriceAsync(string facility, Instant enteredAt, Instant exitedAt, CancellationToken cancellationToken) =>
        _sender.SendAsync<StayQuote>(
        $"{name}, asking for a price at {facility}",
        () =>
        {
            var request = Request(HttpMethod.Post, "/v1/tariffs/quotes");
            request.Content = QuoteWish.Create(facility, enteredAt, exitedAt);
            return request;
        },
        cancellationToken);

    private HttpRequestMessage Request(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = _authorization;
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ClientJson.Options);
        return request;
    }

    private sealed record CodeWish(string? Plate);
}
