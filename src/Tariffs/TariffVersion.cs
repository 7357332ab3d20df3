using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Pricing;
using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs;

/// <summary>The prices of a tariff for a period. A stay keeps the version in force at its entry, however long it lasts (rule 19).</summary>
public sealed class TariffVersion
{
    private VersionPricer? _pricer;

    internal TariffVersion()
    {
    }

    /// <summary>Created at first use; at worst, created twice.</summary>
    private VersionPricer Pricer => _pricer ??= new(this);

    /// <summary>The tariff.</summary>
    public Tariff Tariff { get; internal set; } = null!;

    /// <summary>
    /// The number: at least 1, ascending within the tariff. Stays store it, so a version that has been in force must never change.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>The start of validity, inclusive; null for no start.</summary>
    public Instant? ValidityStart { get; init; }

    /// <summary>The end of validity, exclusive; null for no end.</summary>
    public Instant? ValidityEnd { get; init; }

    /// <summary>The rounding, applied once at the end (rule 18).</summary>
    public required Rounding Rounding { get; init; }

    /// <summary>
    /// How long after a payment that covers the price the driver can leave without further charge, inclusive (rule 22); zero by default.
    /// </summary>
    public Duration ExitGrace { get; init; }

    /// <summary>The occupancy factors by ascending occupancy, the first from 0; empty if the price does not depend on occupancy.</summary>
    public ImmutableArray<OccupancyFactor> OccupancyFactors { get; init; } = [];

    /// <summary>The validations that merchants can give to drivers.</summary>
    public ImmutableArray<Validation> Validations { get; init; } = [];

    /// <summary>The rate tables in order. The first that is for the driver is used; the last is for everyone (rule 20).</summary>
    public required ImmutableArray<RateTable> RateTables { get; init; }

    /// <summary>Whether a stay entered at this instant is priced by this version.</summary>
    public bool IsInForceAt(Instant instant) =>
        (ValidityStart is not { } start || start <= instant) && (ValidityEnd is not { } end || instant < end);

    /// <summary>
    /// The price of a stay in minor units: <see cref="Quote.Total"/> without the explanation. It allocates nothing after the first use of
    /// the stay's dates, unless there are validations.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The stay ends before it begins, is longer than <see cref="ParkedStay.MaxLength"/>, or names a validation that this version does not
    /// have.
    /// </exception>
    public long Price(ParkedStay stay) => Pricer.Price(stay);

    /// <summary>The price of a stay with its explanation.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public Quote Quote(ParkedStay stay) => Pricer.Quote(stay);

    /// <summary>Like <see cref="Quote"/>, but without the lines and the considered rates, which are many for a long stay.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public Quote QuoteWithoutLines(ParkedStay stay) => Pricer.QuoteWithoutLines(stay);

    /// <summary>When the price changes next after <see cref="ParkedStay.ExitedAt"/>; null if it does not change within 31 days.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public NextChange? NextChange(ParkedStay stay) => Pricer.NextChange(stay);
}
