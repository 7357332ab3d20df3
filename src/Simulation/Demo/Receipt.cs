using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>A price with its lines, as it is shown to a driver.</summary>
public sealed record Receipt
{
    public required BilingualText Facility { get; init; }

    /// <summary>The vehicle's plate; null if the code named no vehicle.</summary>
    public string? Plate { get; init; }

    public required Instant EnteredAt { get; init; }

    public required Instant ExitedAt { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>In minor units; the sum of the lines.</summary>
    public required long Total { get; init; }

    public required IReadOnlyList<FeeLine> Lines { get; init; }

    /// <summary>Whether it is a stay of the demo. Otherwise it is the price of a possible stay.</summary>
    public required bool IsReal { get; init; }

    /// <summary>The receipt of an exit in the demo; null if it has no fee with lines.</summary>
    public static Receipt? Of(TapRecord record) =>
        record.Answer is { Fee: { Lines: { } lines } fee, Stay: { EnteredAt: { } enteredAt, ExitedAt: { } exitedAt } }
            ? new()
            {
                Facility = record.Tap.Facility.Name,
                Plate = record.Tap.Plate,
                EnteredAt = enteredAt,
                ExitedAt = exitedAt,
                Currency = fee.Currency,
                Total = fee.Total,
                Lines = lines,
                IsReal = true,
            }
            : null;

    /// <summary>The receipt of a possible stay.</summary>
    public static Receipt Of(FacilityPlan facility, StayQuote quote) => new()
    {
        Facility = facility.Name,
        EnteredAt = quote.EnteredAt,
        ExitedAt = quote.ExitedAt,
        Currency = quote.Currency,
        Total = quote.Total,
        Lines = quote.Lines ?? [],
        IsReal = false,
    };
}
