using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Parking.Tariffs.Quotes;

namespace Parking.Tariffs.Tests.Cases;

/// <summary>
/// One stay of a case folder and what is expected of it, still as texts: what they mean depends on the tariff's time zone.
/// </summary>
internal sealed class CaseRow(CaseTable stays, int line, string[] stay, CaseTable expectations, int expectedLine, string[] expectation)
{
    /// <summary>The stay's line in stays.csv.</summary>
    public int Line => line;

    /// <summary>The stay as it is written.</summary>
    public string StayText => string.Join(',', stay);

    /// <summary>What stands in a column of expected.csv; empty if nothing does.</summary>
    public string Expected(string column) => expectations.Field(expectation, column);

    /// <summary>What stands in a column of stays.csv; empty if nothing does.</summary>
    public string Given(string column) => stays.Field(stay, column);

    /// <summary>The expected total in minor units; null where <c>error</c> is expected.</summary>
    public long? ExpectedTotal => Expected("total") == "error"
        ? null
        : Number(expectations, expectedLine, Expected("total"), "a whole number of minor units, or the word error");

    /// <summary>The expected amount due; null if the folder does not say.</summary>
    public long? ExpectedDue =>
        Expected("due").Length == 0 ? null : Number(expectations, expectedLine, Expected("due"), "a whole number of minor units");

    /// <summary>The lines that the receipt must have; null if the folder does not say.</summary>
    public IReadOnlyList<ExpectedLine>? ExpectedLines =>
        Expected("lines") is not { Length: > 0 } text ? null : In(expectations, expectedLine, () => ExpectedLine.ParseAll(text));

    /// <summary>When the price must change next, and to what; null if it must not.</summary>
    public NextChange? ExpectedNextChange(DateTimeZone zone) => Expected("nextChange") == "never"
        ? null
        : In(expectations, expectedLine, () =>
            InstantAndAmount(Expected("nextChange"), zone) is var (at, total) ? new NextChange(at, total) : null);

    /// <summary>The stay, by the clock of the tariff's zone.</summary>
    public ParkedStay ToStay(DateTimeZone zone) => In(stays, line, () => new ParkedStay
    {
        EnteredAt = CaseInstant.Parse(Given("entry"), zone),
        ExitedAt = CaseInstant.Parse(Given("exit"), zone),
        VehicleClass = Given("vehicleClass") switch
        {
            "" or "car" => VehicleClass.Car,
            "motorcycle" => VehicleClass.Motorcycle,
            "electric" => VehicleClass.Electric,
            "coach" => VehicleClass.Coach,
            var other =>
                throw new CaseException($"'{other}' is no vehicle class. Write car, motorcycle, electric or coach, or nothing for a car."),
        },
        Entitlements = List(Given("entitlements")),
        OccupancyPercent = Given("occupancy") is { Length: > 0 } percent
            ? (int)Number(stays, line, percent, "the occupancy at entry in percent")
            : null,
        Validations = List(Given("validations")),
        Payments = [.. List(Given("payments")).Select(payment => InstantAndAmount(payment, zone))
            .Select(payment => new Payment(payment.At, payment.Amount))],
    });

    private static ImmutableArray<string> List(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static (Instant At, long Amount) InstantAndAmount(string text, DateTimeZone zone) =>
        text.Split('=') is [var at, var amount] && long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (CaseInstant.Parse(at, zone), number)
            : throw new CaseException($"'{text}' is not an instant with an amount. Write 2026-03-02T08:55:00=1000, in minor units.");

    private static long Number(CaseTable table, int row, string text, string meaning) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw table.Mistake(row, $"'{text}' stands where {meaning} belongs.");

    private static T In<T>(CaseTable table, int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CaseException exception)
        {
            throw table.Mistake(row, exception.Message);
        }
    }
}
