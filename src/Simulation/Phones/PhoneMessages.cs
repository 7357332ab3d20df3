using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Phones;

/// <summary>A code as the service issues it to a phone. Its text is secret.</summary>
internal sealed record PhoneCode
{
    public required string Code { get; init; }

    public required Instant ExpiresAt { get; init; }

    /// <summary>Whether the code names no vehicle although one was asked for, because the service's store is away.</summary>
    public bool WithoutVehicle { get; init; }

    /// <summary>When the phone must show the next code.</summary>
    public required Instant RedrawAt { get; init; }

    public override string ToString() => $"code until {ExpiresAt}";
}

internal sealed record VehicleList(IReadOnlyList<Vehicle> Vehicles);

/// <summary>A vehicle as a citizen registers it.</summary>
public sealed record Vehicle(string Plate, VehicleClass Class);

/// <summary>The vehicle classes of the service; in snake_case on the wire.</summary>
public enum VehicleClass
{
    Car,
    Motorcycle,
    Electric,
    Coach,
}

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Stays that have not ended.</param>
/// <param name="Recent">Stays that have ended.</param>
internal sealed record StayList(IReadOnlyList<PhoneStay> Open, IReadOnlyList<PhoneStay> Recent);

/// <summary>The members of a stay that the simulator compares.</summary>
/// <param name="Id">The stay's id.</param>
/// <param name="Facility">The facility's id.</param>
/// <param name="Plate">The vehicle's plate; null if the code named no vehicle.</param>
/// <param name="Ending">How it ended, or <c>open</c>.</param>
/// <param name="Quote">Its price; null if parking has no price, or if the entry or exit was not recorded.</param>
internal sealed record PhoneStay(string Id, string Facility, string? Plate, string Ending, StayQuote? Quote);

/// <summary>Requests the price of one stay: the first line names the facility, the second gives the stay.</summary>
internal static class QuoteWish
{
    private const string MediaType = "application/x-ndjson";

    public static HttpContent Create(string facility, Instant enteredAt, Instant exitedAt)
    {
        var lines = new object[] { new { Facility = facility, Lines = true }, new { EnteredAt = enteredAt, ExitedAt = exitedAt } };
        var text = string.Concat(lines.Select(line => JsonSerializer.Serialize(line, ClientJson.Options) + "\n"));
        return new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
    }
}

/// <summary>The members of a quote that the simulator shows and compares.</summary>
/// <param name="Currency">ISO 4217 code; amounts are in its minor unit.</param>
/// <param name="EnteredAt">The entry, in whole seconds.</param>
/// <param name="ExitedAt">The exit, in whole seconds.</param>
/// <param name="Total">The price.</param>
/// <param name="Lines">The lines that explain the price; null if they were not requested.</param>
public sealed record StayQuote(string Currency, Instant EnteredAt, Instant ExitedAt, long Total, IReadOnlyList<FeeLine>? Lines);
