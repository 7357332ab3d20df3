using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads one version of a tariff.</summary>
internal static class VersionReader
{
    private const int MaxNumber = 1_000_000;
    private const int MaxUnit = 10_000;
    private const int MaxFactors = 101;
    private const int MaxFactor = 1000;

    private static readonly Instant MinInstant = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant MaxInstant = Instant.FromUtc(3000, 1, 1, 0, 0);

    private static readonly OffsetDateTimePattern InstantPattern =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<Z+HH:mm>");

    public static TariffVersion? Read(DocumentNode node, ReadingContext context)
    {
        if (!node.IsObject(
            "version", "validityStart", "validityEnd", "rounding", "exitGrace", "occupancyFactors", "validations", "rateTables"))
        {
            return null;
        }

        var rounding = node.Required("rounding", "an object with unit and mode") is { } found ? ReadRounding(found) : null;
        context.RoundingUnit = rounding?.Unit;
        return new()
        {
            Number = (int)node.RequiredNumber("version", 1, MaxNumber),
            ValidityStart = ReadInstant(node.Optional("validityStart")),
            ValidityEnd = ReadInstant(node.Optional("validityEnd")),
            Rounding = rounding ?? new(1, default),
            ExitGrace = node.Optional("exitGrace")?.Length() ?? Duration.Zero,
            OccupancyFactors = node.Optional("occupancyFactors") is { } factors ? ReadFactors(factors) : [],
            Validations = node.Optional("validations") is { } validations ? ValidationReader.ReadList(validations, context) : [],
            RateTables = node.Required("rateTables", "a list of rate tables") is { } tables
                ? RateTableReader.ReadList(tables, context)
                : [],
        };
    }

    private static Instant? ReadInstant(DocumentNode? node)
    {
        if (node?.Text(Expect.Instant) is not { } text)
        {
            return null;
        }

        // The year is checked first: with an offset, a time at the limits of the calendar cannot become an instant.
        if (InstantPattern.Parse(text) is { Success: true, Value: { Year: > 1800 and < 3100 } time }
            && time.ToInstant() is var instant
            && instant >= MinInstant
            && instant < MaxInstant)
        {
            return instant;
        }

        node.Reject($"{DocumentNode.Show(text)} is no instant", Expect.Instant);
        return null;
    }

    private static Rounding? ReadRounding(DocumentNode node)
    {
        if (!node.IsObject("unit", "mode"))
        {
            return null;
        }

        var unit = node.Required("unit", Expect.WholeNumber(1, MaxUnit))?.WholeNumber(1, MaxUnit);
        var mode = node.Required("mode", DocumentWords.List(DocumentWords.RoundingModes))?.OneOf(DocumentWords.RoundingModes);
        return unit is null ? null : new((int)unit, mode ?? default);
    }

    private static ImmutableArray<OccupancyFactor> ReadFactors(DocumentNode node)
    {
        var factors = new List<OccupancyFactor>();
        var last = -1L;
        foreach (var item in node.Items(Expect.List("objects with occupancyFrom and percent", MaxFactors), MaxFactors))
        {
            if (!item.IsObject("occupancyFrom", "percent"))
            {
                continue;
            }

            var from = item.Required("occupancyFrom", Expect.WholeNumber(0, 100))?.WholeNumber(0, 100);
            var percent = item.RequiredNumber("percent", 0, MaxFactor);
            if (from is null)
            {
                continue;
            }

            if (last < 0 && from != 0)
            {
                item.Reject("occupancyFrom", $"below {from} % nothing is said", "0 in the first");
            }
            else if (from <= last)
            {
                item.Reject(
                    "occupancyFrom", "it is not above the one before", last < 100 ? $"more than {last}" : "no more factors after 100");
            }

            last = Math.Max(last, from.Value);
            factors.Add(new((int)from, (int)percent));
        }

        return [.. factors];
    }
}
