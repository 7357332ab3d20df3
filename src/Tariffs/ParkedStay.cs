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

/// <summary>A payment during a stay.</summary>
/// <param name="PaidAt">The time.</param>
/// <param name="Amount">Minor units, at least 1.</param>
public sealed record Payment(Instant PaidAt, long Amount);

/// <summary>The class of a vehicle. Numbers and names are stored and public: add new ones, never change existing ones.</summary>
public enum VehicleClass
{
    /// <summary>A passenger car; the default.</summary>
    Car = 1,

    /// <summary>A motorcycle or scooter.</summary>
    Motorcycle = 2,

    /// <summary>An electric car.</summary>
    Electric = 3,

    /// <summary>A coach or bus.</summary>
    Coach = 4,
}
