using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs;

/// <summary>A stay to be priced: its times and everything else that the price can depend on.</summary>
public sealed record ParkedStay
{
    /// <summary>The longest stay that can be priced: ten years.</summary>
    public static readonly Duration MaxLength = Duration.FromDays(3660);

    /// <summary>No stay that begins before this can be priced: 1900-01-01, UTC.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0);

    /// <summary>No stay that ends at this or later can be priced: 2200-01-01, UTC.</summary>
    public static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>When the stay began.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>When the stay ended; the current time for the current price. Not before <see cref="EnteredAt"/>.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>The vehicle's class at entry.</summary>
    public VehicleClass VehicleClass { get; init; } = VehicleClass.Car;

    /// <summary>
    /// The driver's entitlements at entry, such as <c>resident</c> or <c>disabled-badge</c>. The tariff defines their meaning.
    /// </summary>
    public ImmutableArray<string> Entitlements { get; init; } = [];

    /// <summary>The occupancy at entry, in percent of the capacity; null if unknown (rule 14).</summary>
    public int? OccupancyPercent { get; init; }

    /// <summary>The ids of the validations that the driver shows.</summary>
    public ImmutableArray<string> Validations { get; init; } = [];

    /// <summary>The payments, in order of time (rule 22).</summary>
    public ImmutableArray<Payment> Payments { get; init; } = [];
}
