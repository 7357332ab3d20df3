using CsCheck;
using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Use;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Use;

/// <summary>One day, counted from stays: held against a walk through its minutes.</summary>
public sealed class UseCountingTests
{
    /// <summary>Days of 24, 23 and 25 hours; two on which clocks move by half an hour; one that begins at one o'clock.</summary>
    private static readonly (string Zone, LocalDate Day)[] Days =
    [
        ("Asia/Shanghai", new(2026, 5, 4)),
        ("Europe/Berlin", new(2026, 3, 29)),
        ("Europe/Berlin", new(2026, 10, 25)),
        ("Australia/Lord_Howe", new(2026, 4, 5)),
        ("Australia/Lord_Howe", new(2026, 10, 4)),
        ("Asia/Beirut", new(2026, 3, 29)),
        ("Asia/Kathmandu", new(2026, 5, 4)),
    ];

    private static readonly Gen<(int Day, (int Start, int Length, int Kind, int State)[] Stays, int KnownTo)> Cases = Gen.Select(
        Gen.Int[0, Days.Length - 1],
        Gen.Select(
            Gen.Int[-3_000, 1_600],
            Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 6_000]),
            Gen.Int[0, 4],
            Gen.Int[1, 4]).Array[0, 8],
        Gen.OneOf(Gen.Const(10_000), Gen.Int[-100, 1_600]));

    [Fact]
    public void Day_OfAnyStays_IsWhatSomebodyCountsMinuteByMinute() => Cases.SampleCases(Depth.DearCases, one =>
    {
        var (name, date) = Days[one.Day];
        var zone = DateTimeZoneProviders.Tzdb[name];
        var (start, end) = LocalHours.BoundsOf(date, zone);
        var stays = one.Stays.Select(stay => StayOf(start, stay)).ToList();
        var knownTo = start + Duration.FromMinutes(one.KnownTo);
        var empty = new UseDayRow
        {
            Day = LocalDatePattern.Iso.Format(date),
            TimeZone = name,
            StartsAt = start.ToMicroseconds(),
            EndsAt = end.ToMicroseconds(),
        };

        var (counted, nextHour) = UseCounting.Count(empty, zone, stays, knownTo);

        var wrong = UseOracle.Check(
            (counted with { DueAt = nextHour?.ToMicroseconds() }).ToDay(), stays, knownTo + UseRollup.Margin).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(nextHour is null ? end <= knownTo : nextHour > knownTo && nextHour <= end);
    });

    [Theory]
    [InlineData("Asia/Shanghai", 4, 5, 24)]
    [InlineData("Europe/Berlin", 29, 3, 23)]
    [InlineData("Europe/Berlin", 25, 10, 25)]
    [InlineData("Asia/Beirut", 29, 3, 23)]
    public void Day_HasAsManyHoursAsItsClocksShow(string zone, int day, int month, int hours)
    {
        var (start, end) = LocalHours.BoundsOf(new(2026, month, day), DateTimeZoneProviders.Tzdb[zone]);

        Assert.Equal(hours + 1, LocalHours.Of(start, end, DateTimeZoneProviders.Tzdb[zone]).Count);
    }

    /// <summary>What is stored is read by later versions: this is the first.</summary>
    [Fact]
    public void Curves_AsTheFirstVersionWroteThem_AreRead()
    {
        var dwell = new DwellHistogram();
        dwell.Add(Duration.FromMinutes(30));
        const string written =
            """{"version":1,"occupied":[3600000,0],"dwell":[0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}""";

        Assert.Equal(written, UseCurves.Write([3_600_000, 0], dwell));
        Assert.Equal([3_600_000, 0], UseCurves.Read(written).Occupied);
        Assert.Equal(1, UseCurves.Read(written).Dwell[6]);
        Assert.Throws<InvalidDataException>(() => UseCurves.Read(written.Replace("1", "2", StringComparison.Ordinal)));
    }

    [Fact]
    public void Buckets_AreNoWiderThanAThirdOfTheirEnd_OrAQuarterOfAnHour_FromAQuarterOfAnHourToAWeek()
    {
        var bounds = DwellHistogram.Bounds;

        Assert.All(bounds.Zip(bounds.Skip(1)), pair => Assert.True(
            pair.Second - pair.First <= Math.Max(15, pair.Second / 3), $"from {pair.First} to {pair.Second}"));
        Assert.Equal(7 * 24 * 60, bounds[^1]);
    }

    private static UsedStay StayOf(Instant start, (int Start, int Length, int Kind, int State) stay)
    {
        var (from, to) = (
            (start + Duration.FromMinutes(stay.Start)).ToMicroseconds(),
            (start + Duration.FromMinutes(stay.Start + stay.Length)).ToMicroseconds());
        var ending = (StayEnding)stay.Kind;
        var entered = ending == StayEnding.MissedEntry ? (long?)null : from;
        return new()
        {
            BeganAt = entered ?? to,
            EnteredAt = entered,
            EndedAt = ending == StayEnding.Open ? null : to,
            Ending = (long)ending,
            State = stay.State,
        };
    }
}
