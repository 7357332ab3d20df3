using System.Net.Http.Headers;
using System.Net.Http.Json;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.Simulation.Clients;

namespace Parking.Simulation.Phones;

/// <summary>
/// A citizen's phone: it shows a code, fetches the next one when that is due and after each use, and knows its owner's stays.
/// </summary>
/// <param name="http">Has the service's address.</param>
/// <param name="name">The driver's, for error messages.</param>
/// <param name="token">The citizen's bearer token.</param>
/// <param name="time">Says when a code is to be redrawn, and waits where the service asks for it.</param>
internal sealed class CitizenPhone(HttpClient http, string name, string token, TimeProvider time)
{
    private readonly PatientSender _sender = new(http, time);
    private readonly IClock _clock = time.ToClock();
    private readonly AuthenticationHeaderValue _authorization = new("Bearer", token);
    private readonly Dictionary<string, PhoneCode> _shown = [];

    /// <summary>Replaces the citizen's vehicles.</summary>
    /// <exception cref="ServiceRefusedException">The service did not take them.</exception>
    public Task RegisterAsync(IReadOnlyList<Vehicle> vehicles, CancellationToken cancellationToken) => _sender.SendAsync<VehicleList>(
        $"{name}, registering vehicles",
        () => Request(HttpMethod.Put, "/v1/me/vehicles", new VehicleList(vehicles)),
        cancellationToken);

    /// <summary>The code on the screen: the last one fetched, or a new one if that was used or its time to be redrawn has come.</summary>
    /// <param name="plate">The vehicle it names; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceRefusedException">The service gave none.</exception>
    public async Task<PhoneCode> ShowAsync(string? plate, CancellationToken cancellationToken)
    {
        var key = plate ?? "";
        if (!_shown.TryGetValue(key, out var code) || code.RedrawAt <= _clock.GetCurrentInstant())
        {
            code = _shown[key] = await FetchAsync(plate, cancellationToken);
        }
        return code;
    }

    /// <summary>A code was used at a gate: the next look at the screen shows another.</summary>
    public void MarkUsed() => _shown.Clear();

    /// <summary>A new code, which the phone does not go on to show.</summary>
    /// <exception cref="ServiceRefusedException">The service gave none.</exception>
    public Task<PhoneCode> FetchAsync(string? plate, CancellationToken cancellationToken) => _sender.SendAsync<PhoneCode>(
        $"{name}, fetching a code",
        () => Request(HttpMethod.Post, "/v1/codes", new CodeWish(plate)),
        cancellationToken);

    /// <summary>The citizen's stays.</summary>
    /// <exception cref="ServiceRefusedException">The service did not tell.</exception>
    public Task<StayList> GetStaysAsync(CancellationToken cancellationToken) => _sender.SendAsync<StayList>(
        $"{name}, asking for stays",
        () => Request(HttpMethod.Get, "/v1/me/stays"),
        cancellationToken);

    /// <summary>What a stay would cost.</summary>
    /// <param name="facility">Where; it must have a tariff.</param>
    /// <param name="enteredAt">From when.</param>
    /// <param name="exitedAt">Until when.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceRefusedException">The service did not tell.</exception>
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
