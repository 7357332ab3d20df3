using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>The words of tariff documents and their values, for reader and writer.</summary>
internal static class DocumentWords
{
    public static ReadOnlySpan<(string Word, DayName Value)> Days => DayWords;

    public static ReadOnlySpan<(string Word, VehicleClass Value)> VehicleClasses => VehicleClassWords;

    public static ReadOnlySpan<(string Word, RoundingMode Value)> RoundingModes => RoundingModeWords;

    public static ReadOnlySpan<(string Word, RateChoice Value)> RateChoices => RateChoiceWords;

    public static ReadOnlySpan<(string Word, LadderAtBandChange Value)> Ladders => LadderWords;

    public static ReadOnlySpan<(string Word, StepAtBandChange Value)> Steps => StepWords;

    public static ReadOnlySpan<(string Word, CapPer Value)> CapPeriods => CapWords;

    public static ReadOnlySpan<(string Word, FlatPer Value)> FlatPeriods => FlatWords;

    private static readonly (string, DayName)[] DayWords =
    [
        ("mon", DayName.Mon),
        ("tue", DayName.Tue),
        ("wed", DayName.Wed),
        ("thu", DayName.Thu),
        ("fri", DayName.Fri),
        ("sat", DayName.Sat),
        ("sun", DayName.Sun),
        ("workday", DayName.Workday),
        ("restDay", DayName.RestDay),
        ("publicHoliday", DayName.PublicHoliday),
        ("holidayEve", DayName.HolidayEve),
    ];

    private static readonly (string, VehicleClass)[] VehicleClassWords =
    [
        ("car", VehicleClass.Car),
        ("motorcycle", VehicleClass.Motorcycle),
        ("electric", VehicleClass.Electric),
        ("coach", VehicleClass.Coach),
    ];

    private static readonly (string, RoundingMode)[] RoundingModeWords =
    [
        ("up", RoundingMode.Up),
        ("down", RoundingMode.Down),
        ("halfUp", RoundingMode.HalfUp),
        ("halfEven", RoundingMode.HalfEven),
    ];

    private static readonly (string, RateChoice)[] RateChoiceWords = [("first", RateChoice.First), ("cheapest", RateChoice.Cheapest)];

    private static readonly (string, LadderAtBandChange)[] LadderWords =
        [("restarts", LadderAtBandChange.Restarts), ("continues", LadderAtBandChange.Continues)];

    private static readonly (string, StepAtBandChange)[] StepWords =
        [("endsWhole", StepAtBandChange.EndsWhole), ("split", StepAtBandChange.Split), ("runsOn", StepAtBandChange.RunsOn)];

    private static readonly (string, CapPer)[] CapWords =
    [
        ("calendarDay", CapPer.CalendarDay),
        ("rolling24Hours", CapPer.Rolling24Hours),
        ("rolling7Days", CapPer.Rolling7Days),
        ("stay", CapPer.Stay),
    ];

    private static readonly (string, FlatPer)[] FlatWords =
        [("stay", FlatPer.Stay), ("band", FlatPer.Band), ("calendarDay", FlatPer.CalendarDay)];

    /// <summary>The word for a value.</summary>
    public static string For<T>(ReadOnlySpan<(string Word, T Value)> words, T value)
        where T : struct
    {
        foreach (var (word, candidate) in words)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, null);
    }

    /// <summary>The list of the words, for messages.</summary>
    public static string List<T>(ReadOnlySpan<(string Word, T Value)> words) =>
        string.Join(", ", words.ToArray().Select(word => word.Word));
}
