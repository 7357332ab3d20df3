using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What no price exceeds.</summary>
public sealed class LimitProperties
{
    [Fact]
    public void Price_StayWithinTheEntryGrace_IsZero() =>
        Gen.Select(PricedCase.Walkable, Gen.Int[1, 100_000], Gen.Int[0, 100_000]).SampleCases(Depth.Cases, (one, grace, shorter) =>
        {
            var version = one.VersionAfter(document =>
            {
                foreach (var rate in RatesOf(document))
                {
                    rate["entryGrace"] = LadderGen.Iso(grace);
                }
            });
            var entry = one.Stay.EnteredAt.ToUnixTimeSeconds();

            Assert.Equal(0, version.Price(
                one.Until(entry + Math.Max(0, grace - shorter)) with { EnteredAt = Instant.FromUnixTimeSeconds(entry), Payments = [] }));
        });

    [Fact]
    public void Price_RatesWithCaps_ExceedsNone() =>
        PricedCase.Capped.SampleCases(Depth.Cases, one =>
        {
            // Which rate was taken does not matter: one of them allows this much.
            var most = one.Version.RateTables.SelectMany(table => table.Rates).Max(rate => Most(rate, one));

            Assert.InRange(one.Version.Price(one.Stay), 0, most);
        });

    [Fact]
    public void Price_AnyValidations_NeverMakeAStayDearer() =>
        PricedCase.OfAnyLength.SampleCases(Depth.Cases, one =>
        {
            var stay = one.Stay with { Payments = [] };

            Assert.InRange(one.Version.Price(stay), 0, one.Version.Price(stay with { Validations = [] }));
        });

    private static IEnumerable<JsonNode> RatesOf(JsonNode document) =>
        from version in document["versions"]!.AsArray()
        from table in version["rateTables"]!.AsArray()
        from rate in table["rates"]!.AsArray()
        select rate;

    private static long Most(Rate rate, PricedCase one)
    {
        if (rate.MaximumStay?.Overstay is not null)
        {
            return long.MaxValue; // outside all caps
        }

        var (entry, exit, zone) = (one.Stay.EnteredAt, one.Stay.ExitedAt, one.Version.Tariff.TimeZone);
        var seconds = exit.ToUnixTimeSeconds() - entry.ToUnixTimeSeconds();
        var dates = Period.DaysBetween(entry.InZone(zone).Date, exit.InZone(zone).Date) + 1L;
        var most = rate.Caps.Min(cap => cap.Value * cap.Per switch
        {
            CapPer.CalendarDay => dates,
            CapPer.Rolling24Hours => (seconds / 86_400) + 1,
            CapPer.Rolling7Days => (seconds / (7 * 86_400)) + 1,
            _ => 1,
        });
        most = rate.Bands is [{ MaxValue: { } once }] ? Math.Min(most, once) : most;

        // The minimum charge comes after the caps.
        return Math.Max(most, rate.MinValue);
    }
}
