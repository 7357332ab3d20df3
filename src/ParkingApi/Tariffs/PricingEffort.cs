using Parking.Tariffs;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Rates;

namespace Parking.Api.Tariffs;

/// <summary>
/// Limits the work and the memory that a stay can cost under a version of a tariff. A caller's tariff may change its price every minute,
/// and a stay may last ten years: that would be five million lines. Such a stay is refused before it is priced, by its length.
/// </summary>
/// <remarks>
/// The unit of work is one window of time, which takes about an eighth of a microsecond. Both limits count the worst case. No stay of a
/// month under a price board of usual size comes near either limit.
/// </remarks>
internal sealed class PricingEffort(TariffVersion version)
{
    /// <summary>About half a second.</summary>
    private const double MaxWork = 5_000_000;

    /// <summary>About ten megabytes.</summary>
    private const double MaxLines = 20_000;

    /// <summary>
    /// How often a price is calculated between two instants at which a condition may change, to find the instant at which the price does.
    /// </summary>
    private const int PricesATurn = 16;

    private const int DaysAhead = 31;

    private readonly double _windowsADay = version.RateTables.Max(table => table.Rates.Sum(WindowsOf));
    private readonly double _turns = version.RateTables.Max(table => table.Rates.Sum(TurnsOf)) + 1;
    private readonly double _linesADay = version.RateTables.SelectMany(table => table.Rates).Max(LinesOf);

    /// <summary>Why a stay is refused; null if it may be priced.</summary>
    public DocumentError? Refuse(ParkedStay stay, QuoteOrder request)
    {
        // One more than the whole days: the days of the entry and of the exit may both be partial.
        var days = (stay.ExitedAt - stay.EnteredAt).TotalDays + 1;
        if (days * _windowsADay * PricesOf(stay, request) > MaxWork)
        {
            return TooLong(
                request.NextChange
                    ? "the stay is too long for looking ahead under so many bands"
                    : "the stay is too long for so many bands",
                MaxWork / (_windowsADay * PricesOf(stay, request)));
        }

        return request.Lines && days * _linesADay > MaxLines
            ? TooLong("the stay is too long to be explained line by line", MaxLines / _linesADay)
            : null;
    }

    private static DocumentError TooLong(string problem, double days) =>
        new("$.exitedAt", problem, $"at most {Math.Max(0, Math.Floor(days - 1)):0} days after enteredAt");

    /// <summary>How often the price of this stay is calculated.</summary>
    private double PricesOf(ParkedStay stay, QuoteOrder request)
    {
        var freeTimes =
            version.Validations.Count(validation => validation.FreeTime is not null && stay.Validations.Contains(validation.Id));
        var once = (1 + stay.Payments.Length) * (1.0 + freeTimes);
        var lookedAt = request.Lines ? 3 : 1;
        return once * (lookedAt + (request.NextChange ? PricesATurn * (_turns + (2 * stay.Payments.Length)) : 0));
    }

    /// <summary>How often the conditions of a rate can change in the days that are looked ahead.</summary>
    private static double TurnsOf(Rate rate) => rate.Conditions is { } conditions ? 2 * conditions.ExitTimes.Length * DaysAhead : 0;

    /// <summary>The parts into which a rate's bands can divide a day, and the ranges of dates that are examined to find them.</summary>
    private static double WindowsOf(Rate rate) => 1 + (2 * rate.Bands.Sum(band => band.ActiveTimes.Sum(time => 1 + time.Dates.Length)));

    /// <summary>Each part can have all steps of a ladder, a share at both ends and a cap; the caps of the day are added.</summary>
    private static double LinesOf(Rate rate)
    {
        var steps = rate.Bands.Max(band => band.Price is BandPrice.Ladder ladder ? ladder.Lines.Length : 1);
        return (WindowsOf(rate) * (steps + 3)) + 3;
    }
}

/// <summary>
/// Lets at most half of the cores calculate quotes at a time. A stay of years under a tariff of many bands takes long to price, and a
/// driver at a gate must not wait for that.
/// </summary>
internal sealed class PricingTurns : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a turn. The caller returns it with <see cref="End"/> after one stay.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void End() => _free.Release();

    public void Dispose() => _free.Dispose();
}
