using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Pricing;
using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs;

/// <summary>A tariff's prices from one instant to another. A stay keeps the version in force at its entry, however long it lasts (rule 19).</summary>
public sealed class TariffVersion
{
    private VersionPricer? _pricer;

    internal TariffVersion()
    {
    }

    /// <summary>Made at first use; made twice at worst.</summary>
    private VersionPricer Pricer => _pricer ??= new(this);

    /// <summary>The tariff this is a version of.</summary>
    public Tariff Tariff { get; internal set; } = null!;

    /// <summary>At least 1; ascending within the tariff. Stays remember it, so the content of a number that has been in force must never change.</summary>
    public required int Number { get; init; }

    /// <summary>From when, inclusive; null: since ever.</summary>
    public Instant? ValidityStart { get; init; }

    /// <summary>Until when, exclusive; null: until further notice.</summary>
    public Instant? ValidityEnd { get; init; }

    /// <summary>Applied once, at the end (rule 18).</summary>
    public required Rounding Rounding { get; init; }

    /// <summary>How long after a payment that covers the price the driver may still leave at it, inclusive (rule 22); zero if not given.</summary>
    public Duration ExitGrace { get; init; }

    /// <summary>By ascending occupancy, the first from 0; empty if the price does not depend on occupancy.</summary>
    public ImmutableArray<OccupancyFactor> OccupancyFactors { get; init; } = [];

    /// <summary>What merchants may give to drivers.</summary>
    public ImmutableArray<Validation> Validations { get; init; } = [];

    /// <summary>In order; the first that fits the driver is taken, and the last fits everyone (rule 20).</summary>
    public required ImmutableArray<RateTable> RateTables { get; init; }

    /// <summary>Whether a stay entered at this instant is priced by this version.</summary>
    public bool IsInForceAt(Instant instant) =>
        (ValidityStart is not { } start || start <= instant) && (ValidityEnd is not { } end || instant < end);

    /// <summary>What a stay costs, in minor units: <see cref="Quote.Total"/> without the explanation. Once the dates of the stay have been laid out it allocates nothing, unless validations are shown.</summary>
    /// <exception cref="ArgumentException">
    /// The stay ends before it begins, is longer than <see cref="ParkedStay.MaxLength"/>, or names a validation that this version does not have.
    /// </exception>
    public long Price(ParkedStay stay) => Pricer.Price(stay);

    /// <summary>What a stay costs and why.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public Quote Quote(ParkedStay stay) => Pricer.Quote(stay);

    /// <summary>As <see cref="Quote"/>, but without the lines and the rates considered, of which a long stay may have very many.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public Quote QuoteWithoutLines(ParkedStay stay) => Pricer.QuoteWithoutLines(stay);

    /// <summary>When the price changes if the driver stays on after <see cref="ParkedStay.ExitedAt"/>; null if it does not within 31 days.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Price"/>.</exception>
    public NextChange? NextChange(ParkedStay stay) => Pricer.NextChange(stay);
}
