using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Quotes;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>
/// Writes a quote: prices the stay again by the chosen rate, keeps each charge, and writes the lines in the order of the rules.
/// </summary>
internal sealed class QuoteWriter(
    TariffVersion version, CompiledTable table, ParkedStay stay, StayCase priced, CompiledRate rate, long total)
{
    private readonly ImmutableArray<QuoteLine>.Builder _lines = ImmutableArray.CreateBuilder<QuoteLine>();
    private readonly long _exit = Seconds.Of(stay.ExitedAt);
    private decimal _sum;

    private string Currency => version.Tariff.Currency;

    public Quote Write()
    {
        WriteLines();
        return WriteTotals() with { Lines = _lines.DrainToImmutable(), Considered = [.. table.Rates.Select(Consider)] };
    }

    /// <summary>The quote without its explanation.</summary>
    public Quote WriteTotals()
    {
        var paid = stay.Payments.Sum(payment => payment.Amount);
        return new()
        {
            Tariff = version.Tariff.Id,
            Version = version.Number,
            RateTable = table.Table.Id,
            Rate = rate.Rate.Id,
            Currency = Currency,
            EnteredAt = Instant.FromUnixTimeSeconds(priced.Entry),
            ExitedAt = Instant.FromUnixTimeSeconds(_exit),
            Total = total,
            Paid = paid,
            Due = Math.Max(0, total - paid),
            ExceedsMaximumStay = _exit - priced.Entry > rate.MaximumStay,
            Lines = [],
            Considered = [],
        };
    }

    private void WriteLines()
    {
        var sink = new LineSink();
        var owed = RatePricer.Owed(rate, priced, 0, ref sink);
        WriteFreeTime();
        WriteCharges(sink);
        WriteMinimum(sink);
        if (priced.Validations is not null)
        {
            foreach (var step in ValidationChoice.Best(rate, priced, owed, version.Rounding).Steps)
            {
                Add(new(Currency)
                {
                    Kind = QuoteLineKind.Validation,
                    Amount = -step.Off.ToDecimal(),
                    Validation = step.Validation.Id,
                    Name = step.Validation.Name,
                });
            }
        }

        if (priced.Exit < _exit)
        {
            Add(Free(QuoteLineKind.ExitGrace, priced.Exit, _exit));
        }

        if (_sum != total)
        {
            Add(new(Currency) { Kind = QuoteLineKind.Rounding, Amount = total - _sum });
        }
    }

    private void WriteFreeTime()
    {
        if (priced.Exit - priced.Entry <= rate.EntryGrace)
        {
            if (rate.EntryGrace > 0)
            {
                Add(Free(QuoteLineKind.EntryGrace, priced.Entry, priced.Exit));
            }
        }
        else if (rate.FreeTime > 0)
        {
            Add(Free(QuoteLineKind.FreeTime, priced.Entry, Math.Min(priced.Entry + rate.FreeTime, priced.Exit)));
        }
    }

    private void WriteCharges(LineSink sink)
    {
        foreach (var run in sink.Charges)
        {
            Add(LineOf(run));
        }

        for (var kind = QuoteLineKind.BandCap; kind <= QuoteLineKind.StayCap; kind++)
        {
            foreach (var cut in sink.Cuts)
            {
                if (cut.Kind == kind)
                {
                    Add(new(Currency)
                    {
                        Kind = kind,
                        Amount = -Exact(cut.Amount),
                        From = Instant.FromUnixTimeSeconds(cut.From),
                        To = Instant.FromUnixTimeSeconds(Math.Min(cut.To, _exit)),
                        Band = cut.Band?.Id,
                        UnitPrice = (long)(cut.Cap / rate.UnitsPerMinor),
                        Name = cut.Band?.Name,
                    });
                }
            }
        }
    }

    private void WriteMinimum(LineSink sink)
    {
        var charged = Int128.Zero;
        foreach (var run in sink.Charges)
        {
            charged += run.Amount;
        }

        foreach (var cut in sink.Cuts)
        {
            charged -= cut.Amount;
        }

        if (charged > 0 && charged < rate.MinValue)
        {
            Add(new(Currency) { Kind = QuoteLineKind.MinimumCharge, Amount = rate.Rate.MinValue - _sum, UnitPrice = rate.Rate.MinValue });
        }
    }

    private QuoteLine LineOf(in ChargedRun run)
    {
        var line = run.Line;
        var length = line is null || line.StepLength == Seconds.Never ? (long?)null : line.StepLength;
        var kind = line switch
        {
            null => QuoteLineKind.Flat,
            { IsProRata: true } => QuoteLineKind.ProRata,
            _ when run.IsShare => QuoteLineKind.PartOfStep,
            { Line.Kind: RateLineKind.Tier } => QuoteLineKind.Tier,
            _ => QuoteLineKind.Increments,
        };
        return new(Currency)
        {
            Kind = kind,
            Amount = Exact(run.Amount),
            From = Instant.FromUnixTimeSeconds(run.From),
            To = Instant.FromUnixTimeSeconds(line is null || run.To >= Seconds.Never ? Math.Min(run.To, priced.Exit) : run.To),
            Band = run.Band.Id,
            Quantity = run.IsShare ? new Fraction(run.Count, length!.Value).ToDecimal() : run.Count,
            UnitPrice = line is null ? run.Band.Flat!.Value : line.Line.Value,
            IncrementPeriod = length is { } seconds ? Duration.FromSeconds(seconds) : null,
            Percent = stay.OccupancyPercent is null || version.OccupancyFactors.IsEmpty ? null : priced.Percent,
            Name = run.Band.Name,
        };
    }

    private QuoteLine Free(QuoteLineKind kind, long from, long to) =>
        new(Currency) { Kind = kind, Amount = 0, From = Instant.FromUnixTimeSeconds(from), To = Instant.FromUnixTimeSeconds(to) };

    private decimal Exact(Int128 units) => new Fraction(units, rate.UnitsPerMinor).ToDecimal();

    private void Add(QuoteLine line)
    {
        _sum += line.Amount;
        _lines.Add(line);
    }

    private ConsideredRate Consider(CompiledRate considered)
    {
        var unmet = considered.Conditions?.FindUnmet(priced.Entry, priced.Exit);
        var isPriced = considered == rate || (unmet is null && table.Table.Choose == RateChoice.Cheapest);
        return new(
            considered.Rate.Id,
            considered.Rate.Name,
            unmet,
            considered == rate ? total : isPriced ? RatePricer.Total(considered, priced, version.Rounding) : null);
    }
}
