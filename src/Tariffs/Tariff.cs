using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;

namespace Parking.Tariffs;

/// <summary>
/// The prices of a car park. Only <see cref="Documents.TariffReader"/> creates it, so every tariff is complete and unambiguous: every stay
/// that begins in one of its versions has exactly one price. <c>docs/tariffs.md</c> defines the documents and numbers the rules ("rule
/// 12").
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class Tariff
{
    internal Tariff()
    {
    }

    /// <summary>1 to 32 of a–z, 0–9 and -.</summary>
    public required string Id { get; init; }

    /// <summary>The heading of the price board.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>A note for readers of the document; null if it has none.</summary>
    public string? Note { get; init; }

    /// <summary>ISO 4217 code. Every amount is in its minor unit: fen, cents.</summary>
    public required string Currency { get; init; }

    /// <summary>The time zone of bands, dates and calendar days.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The public holidays; null if no rate needs them.</summary>
    public HolidayCalendar? HolidayCalendar { get; init; }

    /// <summary>At least one version, in order of time, without gap or overlap.</summary>
    public required ImmutableArray<TariffVersion> Versions
    {
        get;
        init
        {
            field = value;
            foreach (var version in value)
            {
                version.Tariff = this;
            }
        }
    }

    /// <summary>
    /// The version in force at an instant. It prices every stay that begins then (rule 19). Null before the first and after the last.
    /// </summary>
    public TariffVersion? InForceAt(Instant instant)
    {
        foreach (var version in Versions)
        {
            if (version.IsInForceAt(instant))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>The version of this number; null if there is none.</summary>
    public TariffVersion? FindVersion(int number) => Versions.FirstOrDefault(version => version.Number == number);
}
