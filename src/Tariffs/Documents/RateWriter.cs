using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Writes one rate of a tariff.</summary>
internal static class RateWriter
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static void Write(Utf8JsonWriter json, Rate rate)
    {
        json.WriteStartObject();
        json.WriteString("id", rate.Id);
        json.WriteName("name", rate.Name);
        if (rate.Conditions is { } conditions)
        {
            json.WriteStartObject("conditions");
            json.WriteListIfAny("entryTimes", conditions.EntryTimes, time => WriteActiveTime(json, time));
            json.WriteListIfAny("exitTimes", conditions.ExitTimes, time => WriteActiveTime(json, time));
            json.WriteLength("maxLength", conditions.MaxLength);
            json.WriteEndObject();
        }

        json.WriteLength("entryGrace", rate.EntryGrace);
        json.WriteLength("freeTime", rate.FreeTime);
        json.WriteNumberIfAny("minValue", rate.MinValue == 0 ? null : rate.MinValue);
        if (rate.Bands.Length > 1)
        {
            json.WriteString("ladderAtBandChange", DocumentWords.For(DocumentWords.Ladders, rate.LadderAtBandChange));
            json.WriteString("stepAtBandChange", DocumentWords.For(DocumentWords.Steps, rate.StepAtBandChange));
        }

        json.WriteList("bands", rate.Bands, band => WriteBand(json, band));
        json.WriteListIfAny("caps", rate.Caps, cap =>
        {
            json.WriteStartObject();
            json.WriteString("per", DocumentWords.For(DocumentWords.CapPeriods, cap.Per));
            json.WriteNumber("value", cap.Value);
            json.WriteEndObject();
        });
        if (rate.MaximumStay is { } maximum)
        {
            WriteMaximumStay(json, maximum);
        }

        json.WriteEndObject();
    }

    private static void WriteMaximumStay(Utf8JsonWriter json, MaximumStay maximum)
    {
        json.WriteStartObject("maximumStay");
        json.WriteLength("duration", maximum.Duration);
        if (maximum.Overstay is { } overstay)
        {
            json.WriteStartObject("overstay");
            WritePrice(json, overstay);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, Band band)
    {
        json.WriteStartObject();
        json.WriteString("id", band.Id);
        if (band.Name is { } name)
        {
            json.WriteName("name", name);
        }

        json.WriteListIfAny("activeTimes", band.ActiveTimes, time => WriteActiveTime(json, time));
        json.WriteNumberIfAny("maxValue", band.MaxValue);
        WritePrice(json, band.Price);
        json.WriteEndObject();
    }

    private static void WriteActiveTime(Utf8JsonWriter json, ActiveTime time)
    {
        json.WriteStartObject();
        json.WriteListIfAny("days", time.Days, day => json.WriteStringValue(DocumentWords.For(DocumentWords.Days, day)));
        json.WriteListIfAny("dates", time.Dates, range =>
        {
            json.WriteStartObject();
            json.WriteString("from", range.From is { } from ? DateText.Format(from) : DateText.Format(range.EveryYearFrom!.Value));
            json.WriteString("to", range.To is { } to ? DateText.Format(to) : DateText.Format(range.EveryYearTo!.Value));
            json.WriteEndObject();
        });
        if (time is { StartTime: { } start, EndTime: { } end })
        {
            json.WriteString("startTime", TimePattern.Format(start));
            json.WriteString("endTime", end == LocalTime.Midnight ? "24:00" : TimePattern.Format(end));
        }

        json.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter json, BandPrice price)
    {
        json.WriteStartArray("rateLines");
        switch (price)
        {
            case BandPrice.Flat flat:
                json.WriteStartObject();
                json.WriteString("rateLineType", RateLineReader.FlatRate);
                json.WriteNumber("value", flat.Value);
                json.WriteString("per", DocumentWords.For(DocumentWords.FlatPeriods, flat.Per));
                json.WriteEndObject();
                break;
            case BandPrice.Ladder ladder:
                foreach (var line in ladder.Lines)
                {
                    WriteLine(json, line);
                }

                break;
        }

        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, RateLine line)
    {
        json.WriteStartObject();
        json.WriteString("rateLineType", line.Kind == RateLineKind.Tier ? RateLineReader.Tier : RateLineReader.Increments);
        json.WriteNumber("value", line.Value);
        json.WriteString("durationStart", DurationText.Format(line.DurationStart));
        json.WriteLength("durationEnd", line.DurationEnd);
        json.WriteLength("incrementPeriod", line.IncrementPeriod);
        if (line.Kind == RateLineKind.ProRata)
        {
            json.WriteBoolean("proRata", true);
        }

        json.WriteEndObject();
    }
}
