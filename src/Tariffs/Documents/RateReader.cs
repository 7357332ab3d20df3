using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads one rate of a table.</summary>
internal static class RateReader
{
    private static readonly int MaxCaps = DocumentWords.CapPeriods.Length;

    public static Rate? Read(DocumentNode node, Dictionary<string, string> ids, ReadingContext context)
    {
        var errorsBefore = node.ErrorCount;
        if (!node.IsObject(
            "id", "name", "conditions", "entryGrace", "freeTime", "minValue", "ladderAtBandChange", "stepAtBandChange",
            "bands", "caps", "maximumStay"))
        {
            return null;
        }

        var bandsNode = node.Required("bands", "a list of bands");
        var (ladder, step) = ReadBandChange(node, bandsNode?.ItemCount ?? 0);
        var stepsMayBeCut = step is StepAtBandChange.Split or StepAtBandChange.RunsOn;
        var rate = new Rate
        {
            Id = node.IdAmong(ids),
            Name = node.RequiredName(),
            Conditions = node.Optional("conditions") is { } conditions ? ReadConditions(conditions, context) : null,
            EntryGrace = node.Optional("entryGrace")?.Length() ?? Duration.Zero,
            FreeTime = node.Optional("freeTime")?.Length() ?? Duration.Zero,
            MinValue = node.Optional("minValue")?.RoundedMoney(1, context) ?? 0,
            LadderAtBandChange = ladder,
            StepAtBandChange = step,
            Bands = bandsNode is null ? [] : ReadBands(bandsNode, stepsMayBeCut, context),
            Caps = node.Optional("caps") is { } caps ? ReadCaps(caps, context) : [],
            MaximumStay = node.Optional("maximumStay") is { } maximum ? ReadMaximumStay(maximum, stepsMayBeCut) : null,
        };
        if (node.ErrorCount == errorsBefore)
        {
            StepBounds.Check(node, rate);
        }

        return rate;
    }

    private static ImmutableArray<Band> ReadBands(DocumentNode node, bool stepsMayBeCut, ReadingContext context)
    {
        var errorsBefore = node.ErrorCount;
        var bands = BandReader.ReadList(node, stepsMayBeCut, context);
        if (node.ErrorCount == errorsBefore)
        {
            CoverageCheck.Check(node, bands, context);
        }

        return bands;
    }

    /// <summary>Reads the rules for band changes. They are required if the rate has several bands, and not allowed otherwise.</summary>
    private static (LadderAtBandChange, StepAtBandChange) ReadBandChange(DocumentNode node, int bands)
    {
        var (ladderNode, stepNode) = (node.Optional("ladderAtBandChange"), node.Optional("stepAtBandChange"));
        if (bands == 1)
        {
            const string why = "there is only one band, so it means nothing";
            ladderNode?.Reject(why, Expect.LeftOut);
            stepNode?.Reject(why, Expect.LeftOut);
            return default;
        }

        var because = $"there are {bands} bands, and the field is missing";
        if (ladderNode is null && bands > 1)
        {
            node.Reject(
                "ladderAtBandChange", because, $"{DocumentWords.List(DocumentWords.Ladders)}: where the ladder begins after a band change");
        }

        if (stepNode is null && bands > 1)
        {
            node.Reject(
                "stepAtBandChange", because, $"{DocumentWords.List(DocumentWords.Steps)}: what a step costs that a band change falls into");
        }

        var (ladder, step) = (ladderNode?.OneOf(DocumentWords.Ladders), stepNode?.OneOf(DocumentWords.Steps));
        if (ladder == LadderAtBandChange.Continues && step == StepAtBandChange.EndsWhole)
        {
            stepNode!.Reject(
                "a ladder that continues would charge the same step whole in both bands", "split or runsOn, or a ladder that restarts");
        }

        return (ladder ?? default, step ?? default);
    }

    private static RateConditions ReadConditions(DocumentNode node, ReadingContext context)
    {
        if (!node.IsObject("entryTimes", "exitTimes", "maxLength"))
        {
            return new();
        }

        var (entry, exit, length) = (node.Optional("entryTimes"), node.Optional("exitTimes"), node.Optional("maxLength"));
        if (entry is null && exit is null && length is null)
        {
            node.Reject("there is no condition", "entryTimes, exitTimes or maxLength, or no conditions at all");
        }

        if (exit is not null && length is null)
        {
            node.Reject(
                "maxLength", "with exitTimes alone, a stay of any number of days would do", "the longest stay that the rate is meant for");
        }

        return new()
        {
            EntryTimes = entry is null ? [] : ActiveTimeReader.ReadList(entry, context),
            ExitTimes = exit is null ? [] : ActiveTimeReader.ReadList(exit, context),
            MaxLength = length?.Length(),
        };
    }

    private static ImmutableArray<Cap> ReadCaps(DocumentNode node, ReadingContext context)
    {
        var caps = new List<Cap>();
        foreach (var item in node.Items(Expect.List("caps", MaxCaps), MaxCaps))
        {
            if (!item.IsObject("per", "value"))
            {
                continue;
            }

            var per = item.Required("per", DocumentWords.List(DocumentWords.CapPeriods))?.OneOf(DocumentWords.CapPeriods);
            var value = item.Required("value", Expect.WholeNumber(1, DocumentFields.MaxMoney))?.RoundedMoney(1, context);
            if (per is not { } period)
            {
                continue;
            }

            if (caps.Any(cap => cap.Per == period))
            {
                item.Reject("per", "there is such a cap already", "one cap of each period");
            }

            caps.Add(new(period, value ?? 0));
        }

        return [.. caps];
    }

    private static MaximumStay? ReadMaximumStay(DocumentNode node, bool stepsMayBeCut)
    {
        if (!node.IsObject("duration", "overstay"))
        {
            return null;
        }

        var duration = node.Required("duration", Expect.Length)?.Length() ?? Duration.Zero;
        var overstay = node.Optional("overstay") is { } found && found.IsObject("rateLines")
            ? BandReader.ReadPrice(found, stepsMayBeCut)
            : null;
        return new(duration, overstay);
    }
}
