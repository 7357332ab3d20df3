using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Demo;

/// <summary>What a driver is told about a price.</summary>
public sealed record Receipt
{
    public required BilingualText Facility { get; init; }

    /// <summary>Which vehicle; null where the code named none.</summary>
    public string? Plate { get; init; }

    public required Instant EnteredAt { get; init; }

    public required Instant ExitedAt { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units; what the lines add up to.</summary>
    public required long Total { get; init; }

    public required IReadOnlyList<FeeLine> Lines { get; init; }

    /// <summary>Whether anybody parked like this, or it only shows what it would have cost.</summary>
    public required bool IsReal { get; init; }

    /// <summary>Of an exit in the demo; null if it has no fee that is explained.</summary>
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

    /// <summary>Of a stay that was only asked about.</summary>
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
