using System.Text.Json;
using CsCheck;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

public class CoverageOracleTests
{
    private static readonly string[] Words = ["mon", "fri", "sat", "sun", "workday", "restDay", "publicHoliday", "holidayEve"];

    /// <summary>Sets of names that together are all days, so that not nearly every case has a gap.</summary>
    private static readonly string[][] Days =
    [
        [],
        ["mon", "tue", "wed", "thu", "fri"],
        ["sat", "sun"],
        ["workday"],
        ["restDay"],
        ["restDay", "publicHoliday"],
        ["publicHoliday"],
        ["holidayEve"],
        ["workday", "holidayEve"],
        ["fri"],
    ];

    private static readonly (string, string)[][] Dates =
    [
        [],
        [("03-01", "12-30")],
        [("12-31", "02-28")],
        [("02-29", "02-29")],
        [("12-31", "02-29")],
        [("01-01", "12-31")],
        [("2027-12-31", "2028-02-28")],
        [("2028-02-29", "2028-03-01")],
        [("2028-01-01", "2028-01-02"), ("02-28", "03-01")],
    ];

    /// <summary>
    /// All days on which a range of <see cref="Dates"/> begins or ends, with their neighbours, over all weekdays; and a fortnight of each
    /// long stretch between them.
    /// </summary>
    private static readonly DateOnly[] Tested =
    [
        .. Enumerable.Range(2026, 32).SelectMany(year => new DateOnly[] { new(year, 2, 27), new(year, 12, 29) })
            .SelectMany(first => Enumerable.Range(0, 6).Select(first.AddDays)),
        .. new DateOnly[] { new(2027, 1, 10), new(2027, 7, 1), new(2028, 1, 10), new(2028, 7, 1) }
            .SelectMany(first => Enumerable.Range(0, 14).Select(first.AddDays)),
    ];

    private static readonly Gen<string[]> GenDays = Gen.OneOf(Gen.OneOf(Days), Gen.OneOf(Words).Select(word => new[] { word }));

    private static readonly Gen<(string, string)[]> GenDates = Gen.Frequency((3, Gen.Const(Dates[0])), (2, Gen.OneOf(Dates)));

    private static readonly Gen<OracleTime> GenTime =
        Gen.Select(GenDays, GenDates, Gen.OneOf(0, 0, 6, 18), Gen.OneOf(6, 18, 24, 24), (days, dates, start, end) =>
            new OracleTime(0, days, dates, start, end))
            .Where(time => time.Start != time.End);

    private static readonly Gen<(List<OracleTime> Times, bool HasRest)> GenBands =
        Gen.Select(GenTime.Array[1, 2].Array[1, 3], Gen.Int[0, 8], Gen.Bool, (bands, mended, hasRest) =>
            (Complete(bands, mended), hasRest));

    [Fact]
    public void Check_RandomBands_AgreesWithLookingAtEveryHour()
    {
        var (whole, faulty) = (0, 0);

        GenBands.SampleCases(
            Depth.DearCases,
            bands =>
            {
                var oracle = new CoverageOracle(bands.Times, bands.HasRest);
                var expected = oracle.IsWhole(Tested) && (!bands.HasRest || oracle.RestHolds);
                var accepted = IsAccepted(bands.Times, bands.HasRest);
                _ = expected ? whole++ : faulty++;
                Assert.Equal(expected, accepted);
            },
            print: bands => Document(bands.Times, bands.HasRest));

        // Bands at random hardly ever fit; these are made so that both kinds are met often.
        Assert.True(whole > Depth.DearCases / 15 && faulty > Depth.DearCases / 15, $"{whole} whole, {faulty} faulty");
    }

    /// <summary>In some of the cases, puts bands that complete each other in hours, days or dates in the place of the first two.</summary>
    private static List<OracleTime> Complete(OracleTime[][] bands, int mended)
    {
        var times = bands.SelectMany((band, place) => band.Select(time => time with { Band = place })).ToList();
        var first = times[0] with { Days = [], Dates = [] };
        OracleTime[] pair = mended switch
        {
            1 or 2 => [first, first with { Start = first.End % 24, End = first.Start == 0 ? 24 : first.Start }],
            3 => [first with { Days = Days[1] }, first with { Days = Days[2] }],
            4 => [first with { Days = Days[3] }, first with { Days = Days[5] }],
            5 => [first with { Dates = Dates[1] }, first with { Dates = Dates[4] }],
            6 => [times[0], times[0] with { Days = ["publicHoliday", "holidayEve"] }],
            _ => [],
        };
        return pair.Length == 0
            ? times
            :
            [
                pair[0] with { Band = 0 },
                pair[1] with { Band = 1 },
                .. times.Where(time => time.Band > 1),
                .. mended == 4 ? [pair[0] with { Band = 0, Days = ["holidayEve"] }] : Array.Empty<OracleTime>(),
            ];
    }

    private static bool IsAccepted(List<OracleTime> times, bool hasRest)
    {
        try
        {
            TestDocuments.Read(Document(times, hasRest));
            return true;
        }
        catch (TariffDocumentException e) when (e.Errors.All(error => error.Path == CoverageRates.Bands))
        {
            return false;
        }
    }

    private static string Document(List<OracleTime> times, bool hasRest)
    {
        var bands = times.GroupBy(time => time.Band).Select(band => JsonSerializer.Serialize(band.Select(ActiveTime)));
        return CoverageRates.Document([.. bands, .. hasRest ? new[] { CoverageRates.Rest } : []]);
    }

    private static Dictionary<string, object> ActiveTime(OracleTime time)
    {
        var fields = new Dictionary<string, object> { ["startTime"] = $"{time.Start:00}:00", ["endTime"] = $"{time.End:00}:00" };
        if (time.Days.Length > 0)
        {
            fields["days"] = time.Days;
        }

        if (time.Dates.Length > 0)
        {
            fields["dates"] = time.Dates.Select(range => new { from = range.From, to = range.To });
        }

        return fields;
    }
}
