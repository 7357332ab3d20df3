using System.Buffers;
using NodaTime;

namespace Parking.Tariffs.Documents;

/// <summary>
/// Reads the kinds of fields in tariffs and calendars. As in <see cref="DocumentNode"/>, an invalid value is reported and returned as null.
/// </summary>
internal static class DocumentFields
{
    /// <summary>The largest amount: a million yuan. Larger amounts are typing errors; sums of valid amounts cannot overflow.</summary>
    public const long MaxMoney = 100_000_000;

    private const int MaxIdLength = 32;
    private const int MaxNameLength = 80;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>A slug.</summary>
    public static string? Id(this DocumentNode node)
    {
        if (node.Text(Expect.Id) is not { } text)
        {
            return null;
        }

        if (text.Length is 0 or > MaxIdLength || text.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            node.Reject($"the id {DocumentNode.Show(text)} is not well-formed", Expect.Id);
            return null;
        }

        return text;
    }

    /// <summary>
    /// Reads the field <c>id</c>, which must be unique among its kind; <paramref name="taken"/> has the places of earlier ids. Empty if
    /// invalid.
    /// </summary>
    public static string IdAmong(this DocumentNode node, Dictionary<string, string> taken)
    {
        var field = node.Required("id", Expect.Id);
        if (field?.Id() is not { } id)
        {
            return "";
        }

        if (!taken.TryAdd(id, field.Path))
        {
            field.Reject($"'{id}' stands at {taken[id]} already", "an id of its own");
        }

        return id;
    }

    /// <summary>A name in both languages.</summary>
    public static LocalizedText? Name(this DocumentNode node)
    {
        if (!node.IsObject("zh", "en"))
        {
            return null;
        }

        var (zh, en) = (NameText(node, "zh"), NameText(node, "en"));
        return zh is null || en is null ? null : new(zh, en);
    }

    /// <summary>Reads the required field <c>name</c>; empty if invalid.</summary>
    public static LocalizedText RequiredName(this DocumentNode node) => node.Required("name", Expect.Name)?.Name() ?? new("", "");

    /// <summary>A length of time greater than zero.</summary>
    public static Duration? Length(this DocumentNode node, string expected = Expect.Length)
    {
        if (node.LengthOrNothing(expected) is not { } length)
        {
            return null;
        }

        if (length == Duration.Zero)
        {
            node.Reject("nothing is no length of time", expected);
            return null;
        }

        return length;
    }

    /// <summary>A length of time, or zero.</summary>
    public static Duration? LengthOrNothing(this DocumentNode node, string expected = Expect.LengthOrNothing)
    {
        if (node.Text(expected) is not { } text)
        {
            return null;
        }

        if (DurationText.Parse(text) is { } length)
        {
            return length;
        }

        node.Reject($"{DocumentNode.Show(text)} is no length of time, or too long a one", expected);
        return null;
    }

    /// <summary>Reads a required whole number; <paramref name="minimum"/> if invalid.</summary>
    public static long RequiredNumber(this DocumentNode node, string field, long minimum, long maximum) =>
        node.Required(field, Expect.WholeNumber(minimum, maximum))?.WholeNumber(minimum, maximum) ?? minimum;

    /// <summary>
    /// An amount that rounding must not change (rule 18): a multiple of the rounding unit. Any amount if the unit is unknown.
    /// </summary>
    public static long? RoundedMoney(this DocumentNode node, long minimum, ReadingContext context)
    {
        if (node.WholeNumber(minimum, MaxMoney) is not { } value)
        {
            return null;
        }

        if (context.RoundingUnit is { } step && value % step != 0)
        {
            var below = value - (value % step);
            node.Reject(
                $"{value} is no multiple of the rounding unit {step}, so rounding could break it",
                below >= minimum ? $"{below} or {below + step}" : $"{below + step}");
        }

        return value;
    }

    /// <summary>Reports a field that is not allowed in this place.</summary>
    public static void Refuse(this DocumentNode node, string field, string why) => node.Optional(field)?.Reject(why, Expect.LeftOut);

    private static string? NameText(DocumentNode node, string field)
    {
        var found = node.Required(field, Expect.NameText);
        if (found?.Text(Expect.NameText) is not { } text)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxNameLength || text.Any(char.IsControl))
        {
            found.Reject("the name is blank, too long or has control characters", Expect.NameText);
            return null;
        }

        return text;
    }
}

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
