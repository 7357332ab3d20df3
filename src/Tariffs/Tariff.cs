using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;

namespace Parking.Tariffs;

/// <summary>
/// One car park's prices. It comes from <see cref="Documents.TariffReader"/> only, so whatever exists is whole and unambiguous: every stay that begins in one
/// of its versions has exactly one price. What a document says is defined in <c>docs/tariffs.md</c>; the rules quoted as "rule 12" are numbered there.
/// </summary>
/// <remarks>Immutable, and safe to use from many threads.</remarks>
public sealed class Tariff
{
    internal Tariff()
    {
    }

    /// <summary>1 to 32 of a–z, 0–9 and -.</summary>
    public required string Id { get; init; }

    /// <summary>What the price board says above the prices.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>For the reader of the document; null if it has none.</summary>
    public string? Note { get; init; }

    /// <summary>ISO 4217 code. Every amount is in its minor unit: fen, cents.</summary>
    public required string Currency { get; init; }

    /// <summary>In which bands, dates and calendar days are meant.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The public holidays; null if no rate asks for them.</summary>
    public HolidayCalendar? HolidayCalendar { get; init; }

    /// <summary>At least one; in order of time, without gap or overlap.</summary>
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

    /// <summary>The version in force at an instant, which is the one that prices every stay entered then (rule 19); null before the first and after the last.</summary>
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
