using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Phones;

/// <summary>A code as the service gave it to a phone. Its text is a secret.</summary>
internal sealed record PhoneCode
{
    public required string Code { get; init; }

    public required Instant ExpiresAt { get; init; }

    /// <summary>When the phone is to show the next one.</summary>
    public required Instant RedrawAt { get; init; }

    public override string ToString() => $"code until {ExpiresAt}";
}

/// <summary>A citizen's vehicles.</summary>
internal sealed record VehicleList(IReadOnlyList<Vehicle> Vehicles);

/// <summary>A vehicle as a citizen registers it.</summary>
public sealed record Vehicle(string Plate, VehicleClass Class);

/// <summary>The classes the service knows; on the wire in snake_case.</summary>
public enum VehicleClass
{
    Car,
    Motorcycle,
    Electric,
    Coach,
}

/// <summary>A citizen's stays.</summary>
/// <param name="Open">Where something of theirs is parked now.</param>
/// <param name="Recent">What has ended.</param>
internal sealed record StayList(IReadOnlyList<PhoneStay> Open, IReadOnlyList<PhoneStay> Recent);

/// <summary>As much of a stay as the simulator compares.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Facility">Where.</param>
/// <param name="Plate">Which vehicle; null where the code named none.</param>
/// <param name="Ending">How it ended, or <c>open</c>.</param>
/// <param name="Quote">What it costs; null where parking has no price, or nobody saw one end of the stay.</param>
internal sealed record PhoneStay(string Id, string Facility, string? Plate, string Ending, StayQuote? Quote);

/// <summary>Asks what one stay costs: the first line names the facility, the second is the stay.</summary>
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

/// <summary>As much of a quote as the simulator shows and compares.</summary>
/// <param name="Currency">ISO 4217 code; amounts are in its minor unit.</param>
/// <param name="EnteredAt">The entry, to the second.</param>
/// <param name="ExitedAt">The exit, to the second.</param>
/// <param name="Total">The price.</param>
/// <param name="Lines">What it is made of; null where that was not asked for.</param>
public sealed record StayQuote(string Currency, Instant EnteredAt, Instant ExitedAt, long Total, IReadOnlyList<FeeLine>? Lines);
