using System.Collections.Immutable;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads the bands of one rate.</summary>
internal static class BandReader
{
    /// <summary>The name in quotes of the band after the maximum stay.</summary>
    public const string Overstay = "overstay";

    private const int MaxBands = 32;

    public static ImmutableArray<Band> ReadList(DocumentNode node, bool stepsMayBeCut, ReadingContext context)
    {
        var ids = new Dictionary<string, string>();
        var bands = new List<Band>();
        string? rest = null;
        foreach (var item in node.Items(Expect.List("bands", MaxBands), MaxBands))
        {
            if (!item.IsObject("id", "name", "activeTimes", "maxValue", "rateLines"))
            {
                continue;
            }

            var band = Read(item, ids, stepsMayBeCut, context);
            bands.Add(band);
            if (item.Optional("activeTimes") is null)
            {
                if (rest is not null)
                {
                    item.Reject("activeTimes", $"the band at {rest} is the rest already", "one band at most without activeTimes");
                }

                rest ??= item.Path;
            }
        }

        return [.. bands];
    }

    private static Band Read(DocumentNode node, Dictionary<string, string> ids, bool stepsMayBeCut, ReadingContext context)
    {
        var id = node.IdAmong(ids);
        if (id == Overstay)
        {
            node.Reject("id", $"'{Overstay}' is what the time after the maximum stay is called", "another id");
        }

        return new()
        {
            Id = id,
            Name = node.Optional("name")?.Name(),
            ActiveTimes = node.Optional("activeTimes") is { } times ? ActiveTimeReader.ReadList(times, context) : [],
            MaxValue = node.Optional("maxValue")?.RoundedMoney(1, context),
            Price = ReadPrice(node, stepsMayBeCut),
        };
    }

    /// <summary>Reads the field <c>rateLines</c> of a band or of the overstay; a free price if it is invalid.</summary>
    public static BandPrice ReadPrice(DocumentNode node, bool stepsMayBeCut) =>
        (node.Required("rateLines", "a list of rate lines") is { } lines ? RateLineReader.Read(lines, stepsMayBeCut) : null)
        ?? new BandPrice.Flat(0, FlatPer.Stay);
}
