using System.ComponentModel;

namespace Parking.Api.Hosting.Start;

/// <summary>Finds settings that nobody reads, because their name is misspelt, and settings whose text cannot be read.</summary>
internal static class SettingsForm
{
    /// <summary>How many letters of a name may be wrong, too many or missing for the right one still to be guessed.</summary>
    private const int NearDistance = 2;

    /// <summary>
    /// All errors of form. Each text that cannot be read is replaced by its setting's default, so that the check of all values, which
    /// follows, does not stop at it.
    /// </summary>
    public static IEnumerable<string> TakeErrors(IConfiguration configuration, IEnumerable<SettingsSection> parts)
    {
        var sections = parts.GroupBy(part => part.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var section in sections)
        {
            var settings = section.SelectMany(part => part.Settings).ToList();
            foreach (var given in configuration.GetSection(section.Key).GetChildren().ToList())
            {
                var (setting, type, standard) = settings.Find(known => known.Setting.Equals(given.Key, StringComparison.OrdinalIgnoreCase));
                if (setting is null)
                {
                    var names = settings.ConvertAll(known => known.Setting);
                    yield return $"{given.Path} is no setting. {Guess(section.Key, given.Key, names)}";
                }
                else if (given.Value is { Length: > 0 } text && type != typeof(string) && !CanRead(type, text))
                {
                    configuration[given.Path] = standard;
                    yield return $"{given.Path} is '{text}'. It must be {Form(type)}.";
                }
            }
        }

        // Other sections are the framework's, or of other programs whose variables this one sees: only a near miss is one of ours.
        var ours = sections.ConvertAll(section => section.Key);
        foreach (var other in configuration.GetChildren().Where(child => child.GetChildren().Any()))
        {
            if (!ours.Contains(other.Key, StringComparer.OrdinalIgnoreCase) && Nearest(other.Key, ours) is { } meant)
            {
                yield return $"{other.Path} is no section of settings. Did you mean {meant}?";
            }
        }
    }

    private static string Guess(string section, string given, IReadOnlyList<string> settings) => Nearest(given, settings) is { } meant
        ? $"Did you mean {section}:{meant}?"
        : $"There is {string.Join(", ", settings.Order(StringComparer.Ordinal).Select(setting => $"{section}:{setting}"))}.";

    private static bool CanRead(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Form(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var known when known == typeof(TimeSpan) =>
            "a duration as hours:minutes:seconds, with days before a point: 00:01:00 is a minute, 7.00:00:00 is a week",
        var known when known == typeof(bool) => "true or false",
        var known when known == typeof(int) => "a whole number",
        var other => $"of the form of {other.Name}",
    };

    private static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(candidate => (candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(found => found.Distance <= NearDistance)
        .OrderBy(found => found.Distance)
        .Select(found => found.candidate)
        .FirstOrDefault();

    /// <summary>How many letters must be inserted, removed or replaced to make one word of the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
