using System.Globalization;
using NodaTime;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>A stay in the table of a price board in docs/tariffs.md, as it is written there.</summary>
/// <param name="Entry"><c>Mon 2026-03-02 08:00</c>, by the clock of the tariff's zone.</param>
/// <param name="Exit">Likewise.</param>
/// <param name="With">What else the stay has: <c>occupancy 80</c>; a dash for nothing.</param>
/// <param name="Price">In words: <c>¥15</c>, <c>GBP 1.10</c>.</param>
/// <param name="How">How it comes about, for people.</param>
internal sealed record BoardStay(string Entry, string Exit, string With, string Price, string How)
{
    private static readonly string[] Facts = ["vehicleClass", "entitlements", "occupancy", "validations", "payments"];

    /// <summary>Whether a row of the case folder is this stay.</summary>
    public bool Is(CaseRow row, DateTimeZone zone)
    {
        var stay = row.ToStay(zone);
        var facts = Facts.Where(fact => row.Given(fact).Length > 0).Select(fact => $"{fact} {row.Given(fact)}").ToArray();
        return At(Entry, zone) == stay.EnteredAt && At(Exit, zone) == stay.ExitedAt
            && With == (facts.Length > 0 ? string.Join(", ", facts) : "–");
    }

    /// <exception cref="CaseException">It is no time, or falls on another day of the week.</exception>
    private static Instant At(string text, DateTimeZone zone)
    {
        var instant = CaseInstant.Parse(text[4..].Replace(' ', 'T'), zone);
        var weekday = instant.InZone(zone).ToString("ddd", CultureInfo.InvariantCulture);
        return text.StartsWith(weekday, StringComparison.Ordinal) ? instant : throw new CaseException($"'{text}' is a {weekday}.");
    }
}
