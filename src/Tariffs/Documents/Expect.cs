namespace Parking.Tariffs.Documents;

/// <summary>The expectations of fields in words, so that messages for missing and invalid fields agree.</summary>
internal static class Expect
{
    public const string Id = "1 to 32 of a-z, 0-9 and -";
    public const string Name = "an object with zh and en";
    public const string NameText = "1 to 80 characters";
    public const string Length = "ISO 8601 in whole seconds, such as PT30M, PT1H30M or P1D, more than nothing and at most P3660D";
    public const string LengthOrNothing = "ISO 8601 in whole seconds, such as PT0S, PT30M or P1D, at most P3660D";
    public const string LeftOut = "the field left out";
    public const string TimeOfDay = "HH:mm, such as 08:00";
    public const string EndOfTime = "HH:mm, such as 20:00; 24:00 is the end of the day";
    public const string Date = "yyyy-MM-dd of the years 2000 to 2099, such as 2026-05-01, or MM-dd for every year, such as 05-01";
    public const string Instant = "ISO 8601 with an offset, such as 2026-01-01T00:00:00+08:00, from the years 1900 to 2999";

    public static string WholeNumber(long minimum, long maximum) => $"a whole number from {minimum} to {maximum}";

    public static string List(string what, int maximum) => $"a list of {what}, 1 to {maximum}";
}
