using System.Collections.Immutable;
using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>Prices stays by one version: looks up what a stay's price depends on, chooses the rate, and prices the stay.</summary>
internal sealed class VersionPricer(TariffVersion version)
{
    private readonly CompiledTable[] _tables = [.. version.RateTables.Select(table => new CompiledTable(table, version.Tariff))];

    public TariffVersion Version => version;

    /// <summary>The price.</summary>
    public long Price(ParkedStay stay)
    {
        Check(stay);
        return Price(TableFor(stay), CaseOf(stay));
    }

    /// <summary>The price with its explanation.</summary>
    public Quote Quote(ParkedStay stay) => WriterFor(stay).Write();

    /// <summary>The price and its rate.</summary>
    public Quote QuoteWithoutLines(ParkedStay stay) => WriterFor(stay).WriteTotals();

    /// <summary>When the price changes next.</summary>
    public NextChange? NextChange(ParkedStay stay)
    {
        Check(stay);
        return new NextChangeSearch(this, TableFor(stay), stay).Find();
    }

    /// <summary>The price of a valid stay with another exit.</summary>
    public long PriceAt(CompiledTable table, ParkedStay stay, long exit) => Price(table, CaseOf(stay, exit));

    private QuoteWriter WriterFor(ParkedStay stay)
    {
        Check(stay);
        var table = TableFor(stay);
        var priced = CaseOf(stay);
        return new QuoteWriter(version, table, stay, priced, Choose(table, priced, out var total), total);
    }

    private long Price(CompiledTable table, in StayCase stay)
    {
        Choose(table, stay, out var total);
        return total;
    }

    private CompiledTable TableFor(ParkedStay stay)
    {
        foreach (var table in _tables)
        {
            if (table.IsFor(stay))
            {
                return table;
            }
        }

        throw new InvalidOperationException("The last rate table of a version is for everyone.");
    }

    /// <summary>Chooses a rate (rule 21).</summary>
    private CompiledRate Choose(CompiledTable table, in StayCase stay, out long total)
    {
        CompiledRate? chosen = null;
        total = 0;
        foreach (var rate in table.Rates)
        {
            if (rate.Conditions?.FindUnmet(stay.Entry, stay.Exit) is not null)
            {
                continue;
            }

            var price = RatePricer.Total(rate, stay, version.Rounding);
            if (chosen is null || price < total)
            {
                (chosen, total) = (rate, price);
            }

            if (table.Table.Choose == RateChoice.First)
            {
                break;
            }
        }

        return chosen ?? throw new InvalidOperationException("The last rate of a table has no conditions.");
    }

    private StayCase CaseOf(ParkedStay stay) => CaseOf(stay, Seconds.Of(stay.ExitedAt));

    private StayCase CaseOf(ParkedStay stay, long exit)
    {
        var entry = Seconds.Of(stay.EnteredAt);
        var priced = new StayCase(entry, exit, PercentAt(stay.OccupancyPercent), stay.Validations.IsEmpty ? null : Find(stay.Validations));
        return stay.Payments.IsEmpty ? priced : priced with { Exit = GracedExit(stay, priced) };
    }

    /// <summary>The exit; or, if the exit is within the exit grace of a payment that covered the price, that payment (rule 22).</summary>
    private long GracedExit(ParkedStay stay, in StayCase priced)
    {
        var paid = 0L;
        foreach (var payment in stay.Payments)
        {
            paid += payment.Amount;
            var at = Seconds.Of(payment.PaidAt);
            if (at <= priced.Exit && priced.Exit <= at + Seconds.Of(version.ExitGrace)
                && Price(TableFor(stay), priced with { Exit = at }) <= paid)
            {
                return at;
            }
        }

        return priced.Exit;
    }

    private int PercentAt(int? occupancy)
    {
        var percent = 100;
        foreach (var factor in version.OccupancyFactors)
        {
            if (factor.OccupancyFrom <= occupancy)
            {
                percent = factor.Percent;
            }
        }

        return percent;
    }

    private Validation[] Find(ImmutableArray<string> ids) => [.. version.Validations.Where(validation => ids.Contains(validation.Id))];

    private void Check(ParkedStay stay)
    {
        if (stay.EnteredAt < ParkedStay.Earliest || stay.ExitedAt >= ParkedStay.Latest)
        {
            throw new ArgumentException("A stay can be priced from 1900 to 2199.", nameof(stay));
        }

        if (Seconds.Of(stay.ExitedAt) < Seconds.Of(stay.EnteredAt))
        {
            throw new ArgumentException("The stay ends before it begins.", nameof(stay));
        }

        if (stay.ExitedAt - stay.EnteredAt > ParkedStay.MaxLength)
        {
            throw new ArgumentException("The stay is longer than 3660 days.", nameof(stay));
        }

        foreach (var id in stay.Validations)
        {
            if (!version.Validations.Any(validation => validation.Id == id))
            {
                throw new ArgumentException($"Version {version.Number} of the tariff has no validation '{id}'.", nameof(stay));
            }
        }

        var before = stay.EnteredAt;
        foreach (var payment in stay.Payments)
        {
            if (payment.PaidAt < before || payment.Amount < 1)
            {
                throw new ArgumentException("Payments are of at least 1, not before the entry, and in order of time.", nameof(stay));
            }

            before = payment.PaidAt;
        }
    }
}
