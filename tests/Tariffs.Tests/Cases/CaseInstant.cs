using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// Instants as cases write them: <c>2026-03-02T08:00</c> by the clock of the tariff's zone, or with an offset:
/// <c>2026-03-02T08:00:00+08:00</c>.
/// </summary>
internal static class CaseInstant
{
    private static readonly string[] Forms =
        ["uuuu'-'MM'-'dd'T'HH':'mm", "uuuu'-'MM'-'dd'T'HH':'mm':'ss", "uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'FFFFFFFFF"];

    private static readonly ImmutableArray<LocalDateTimePattern> Local =
        [.. Forms.Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    private static readonly ImmutableArray<OffsetDateTimePattern> WithOffset =
        [.. Forms.Select(form => OffsetDateTimePattern.CreateWithInvariantCulture(form + "o<Z+HH:mm>"))];

    /// <exception cref="CaseException">It is no instant, or one that the zone's clock shows twice or never.</exception>
    public static Instant Parse(string text, DateTimeZone zone)
    {
        foreach (var pattern in WithOffset)
        {
            if (pattern.Parse(text).TryGetValue(default, out var exact))
            {
                return exact.ToInstant();
            }
        }

        foreach (var pattern in Local)
        {
            if (pattern.Parse(text).TryGetValue(default, out var local))
            {
                var mapping = zone.MapLocal(local);
                return mapping.Count switch
                {
                    1 => mapping.Single().ToInstant(),
                    0 => throw new CaseException(
                        $"in {zone.Id} no clock ever shows {text}, because it is set forward over it. Write another time, or one with an "
                            + "offset."),
                    _ => throw new CaseException(
                        $"in {zone.Id} the clock shows {text} twice. Write which one is meant: "
                        + $"{text}{Offset(mapping.First())} or {text}{Offset(mapping.Last())}."),
                };
            }
        }

        throw new CaseException($"'{text}' is no time. Write 2026-03-02T08:00:00 (the tariff's local time) or 2026-03-02T08:00:00+08:00.");
    }

    private static string Offset(ZonedDateTime time) => OffsetPattern.CreateWithInvariantCulture("+HH:mm").Format(time.Offset);
}
