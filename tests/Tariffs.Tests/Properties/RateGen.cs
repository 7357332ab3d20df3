using System.Text.Json.Nodes;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>Rates with everything that a rate can say.</summary>
internal static class RateGen
{
    public static JsonObject Rate(Draw draw, string id, int unit, int capped, bool conditional)
    {
        var rate = new JsonObject { ["id"] = id, ["name"] = TariffGen.Name(id) };
        if (conditional)
        {
            rate["conditions"] = Conditions(draw);
        }

        Maybe(15, "entryGrace", () => LadderGen.Iso(LadderGen.Length(draw) / draw.OneOf(1, 8) + 1));
        Maybe(20, "freeTime", () => LadderGen.Iso(LadderGen.Length(draw)));
        Maybe(15, "minValue", () => LadderGen.RoundValue(draw, unit));
        var layout = BandGen.Layout(draw);
        var step = "";
        if (layout.Count > 1)
        {
            var continues = draw.Chance(40);
            step = continues ? draw.OneOf("split", "runsOn") : draw.OneOf("endsWhole", "split", "runsOn");
            rate["ladderAtBandChange"] = continues ? "continues" : "restarts";
            rate["stepAtBandChange"] = step;
        }

        var openTier = step is "" or "endsWhole";
        rate["bands"] = new JsonArray([.. layout.Select((times, i) => Band(draw, $"band-{i}", times, unit, openTier))]);
        if (draw.Chance(capped))
        {
            rate["caps"] = new JsonArray([.. draw.Some(1, "calendarDay", "rolling24Hours", "rolling7Days", "stay")
                .Select(per => new JsonObject { ["per"] = per, ["value"] = LadderGen.RoundValue(draw, unit) })]);
        }

        if (draw.Chance(20))
        {
            var maximum = new JsonObject { ["duration"] = LadderGen.Iso(LadderGen.Length(draw)) };
            if (draw.Chance(75))
            {
                maximum["overstay"] = new JsonObject { ["rateLines"] = LadderGen.RateLines(draw, openTier) };
            }

            rate["maximumStay"] = maximum;
        }

        return rate;

        void Maybe(int percent, string field, Func<JsonNode> value)
        {
            if (draw.Chance(percent))
            {
                rate[field] = value();
            }
        }
    }

    private static JsonObject Band(Draw draw, string id, JsonArray? times, int unit, bool openTier)
    {
        var band = new JsonObject { ["id"] = id };
        if (draw.Chance(20))
        {
            band["name"] = TariffGen.Name(id);
        }

        if (times is not null)
        {
            band["activeTimes"] = times;
        }

        if (draw.Chance(20))
        {
            band["maxValue"] = LadderGen.RoundValue(draw, unit);
        }

        band["rateLines"] = LadderGen.RateLines(draw, openTier);
        return band;
    }

    private static JsonObject Conditions(Draw draw)
    {
        var conditions = new JsonObject();
        var kind = draw.Int(0, 3);
        if (kind is 0 or 1)
        {
            conditions["entryTimes"] = Times();
        }

        if (kind is 1 or 2)
        {
            conditions["exitTimes"] = Times();
        }

        if (kind > 0)
        {
            conditions["maxLength"] = LadderGen.Iso(LadderGen.Length(draw));
        }

        return conditions;

        JsonArray Times() => [.. Enumerable.Range(0, draw.Int(1, 2)).Select(_ => BandGen.ActiveTime(draw))];
    }
}
