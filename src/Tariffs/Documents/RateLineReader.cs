using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads the price of a band: a flat rate, or the lines of a ladder.</summary>
internal static class RateLineReader
{
    private const int MaxLines = 256;
    public const string FlatRate = "flatRate";
    public const string Tier = "flatRateTier";
    public const string Increments = "incrementingRate";

    /// <summary>Reads a list of lines; null if invalid.</summary>
    /// <param name="node">The list.</param>
    /// <param name="stepsMayBeCut">Whether a step may be split or continue at a band change, and so must have an end.</param>
    public static BandPrice? Read(DocumentNode node, bool stepsMayBeCut)
    {
        var errorsBefore = node.ErrorCount;
        var items = node.Items(Expect.List("rate lines", MaxLines), MaxLines).ToList();
        var types = items.ConvertAll(ReadType);
        if (types.Contains(FlatRate))
        {
            return ReadFlat(items[types.IndexOf(FlatRate)], items.Count);
        }

        var lines = items.Zip(types, ReadLine).ToList();
        if (node.ErrorCount != errorsBefore)
        {
            return null;
        }

        LadderCheck.Check(items, lines!, stepsMayBeCut);
        return node.ErrorCount == errorsBefore ? new BandPrice.Ladder([.. lines!]) : null;
    }

    private static string? ReadType(DocumentNode node)
    {
        if (!node.IsObject("rateLineType", "value", "per", "durationStart", "durationEnd", "incrementPeriod", "proRata"))
        {
            return null;
        }

        return node.Required("rateLineType", $"{FlatRate} or {Tier} or {Increments}")
            ?.OneOf((FlatRate, 0), (Tier, 1), (Increments, 2)) switch
        {
            0 => FlatRate,
            1 => Tier,
            2 => Increments,
            _ => null,
        };
    }

    private static BandPrice.Flat? ReadFlat(DocumentNode node, int count)
    {
        var errorsBefore = node.ErrorCount;
        if (count > 1)
        {
            node.Reject($"a {FlatRate} stands among other lines", $"the {FlatRate} alone, or a ladder of {Tier} and {Increments}");
        }

        foreach (var field in new[] { "durationStart", "durationEnd", "incrementPeriod", "proRata" })
        {
            node.Refuse(field, $"a {FlatRate} has no {field}");
        }

        var value = node.RequiredNumber("value", 0, DocumentFields.MaxMoney);
        var per = node.Required("per", DocumentWords.List(DocumentWords.FlatPeriods))?.OneOf(DocumentWords.FlatPeriods);
        return node.ErrorCount == errorsBefore && per is { } period ? new(value, period) : null;
    }

    private static RateLine? ReadLine(DocumentNode node, string? type)
    {
        if (type is null)
        {
            return null;
        }

        node.Refuse("per", $"only a {FlatRate} has it");
        var value = node.RequiredNumber("value", 0, DocumentFields.MaxMoney);
        var start = node.Required("durationStart", Expect.LengthOrNothing)?.LengthOrNothing();
        var end = node.Optional("durationEnd")?.Length();
        if (start is not { } from)
        {
            return null;
        }

        if (type == Tier)
        {
            node.Refuse("incrementPeriod", $"a {Tier} is a single step");
            node.Refuse("proRata", $"a {Tier} is a single step");
            return new() { Kind = RateLineKind.Tier, Value = value, DurationStart = from, DurationEnd = end };
        }

        var period = node.Required("incrementPeriod", Expect.Length)?.Length();
        var proRata = node.Optional("proRata")?.Boolean() ?? false;
        return new()
        {
            Kind = proRata ? RateLineKind.ProRata : RateLineKind.Increments,
            Value = value,
            DurationStart = from,
            DurationEnd = end,
            IncrementPeriod = period,
        };
    }
}
