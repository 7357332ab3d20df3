using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs;

/// <summary>A stay to be priced: the times, and what else the price may depend on.</summary>
public sealed record ParkedStay
{
    /// <summary>The longest stay that can be priced: ten years.</summary>
    public static readonly Duration MaxLength = Duration.FromDays(3660);

    /// <summary>No stay that begins before this can be priced: 1900-01-01, UTC.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0);

    /// <summary>No stay that ends at this or later can be priced: 2200-01-01, UTC.</summary>
    public static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>When it began.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>When it ended; now, for what it would cost now. Not before <see cref="EnteredAt"/>.</summary>
    public required Instant ExitedAt { get; init; }

    /// <summary>The vehicle's class, as it was at entry.</summary>
    public VehicleClass VehicleClass { get; init; } = VehicleClass.Car;

    /// <summary>What the driver is entitled to, as it was at entry: <c>resident</c>, <c>disabled-badge</c>. A tariff gives them their meaning.</summary>
    public ImmutableArray<string> Entitlements { get; init; } = [];

    /// <summary>How full the car park was at entry, in percent of its capacity; null if nobody knows (rule 14).</summary>
    public int? OccupancyPercent { get; init; }

    /// <summary>The ids of the validations that the driver shows.</summary>
    public ImmutableArray<string> Validations { get; init; } = [];

    /// <summary>What has been paid, in order of time (rule 22).</summary>
    public ImmutableArray<Payment> Payments { get; init; } = [];
}
