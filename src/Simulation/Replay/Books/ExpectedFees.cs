using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>
/// The expected fees of stays. They are computed with the service's published tariffs, but with the oracle's times and the driver's own
/// vehicles. So this tests the books and not the tariffs, which have their own tests.
/// </summary>
internal sealed class ExpectedFees
{
    private readonly Dictionary<OracleStay, ExplainedPrice> _prices;

    public ExpectedFees(IEnumerable<KeyValuePair<OracleStay, ExplainedPrice>> prices) => _prices = new(prices);

    /// <summary>The expected fee; null if the stay has none, because it has no exit or parking there is free of charge.</summary>
    public Price? Of(OracleStay stay) => _prices.GetValueOrDefault(stay)?.Price;

    /// <summary>The lines of the expected fee; null if the stay has none.</summary>
    public IReadOnlyList<PriceLine>? LinesOf(OracleStay stay) => _prices.GetValueOrDefault(stay)?.Lines;

    /// <summary>Requests the fees of all stays.</summary>
    /// <param name="recording">Gives the facilities with a tariff, and the drivers' vehicles.</param>
    /// <param name="oracle">Gives the stays.</param>
    /// <param name="quotes">Requests the prices.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public static async Task<ExpectedFees> ReadAsync(
        ReplayRecording recording, OracleBooks oracle, QuoteReader quotes, CancellationToken cancellationToken)
    {
        var drivers = recording.Drivers.ToDictionary(driver => driver.Name);
        var exited = oracle.Stays.Where(stay => stay.Ending == StayEnding.Exited).ToLookup(stay => stay.Facility);
        var prices = new Dictionary<OracleStay, ExplainedPrice>();
        foreach (var facility in recording.City.Facilities.Where(facility => facility.Tariff is not null))
        {
            var stays = exited[facility.Id].ToList();
            var wishes = stays.Select(
                stay => new PricedTime(
                    stay.EnteredAt!.Value, stay.BilledUntil ?? stay.ExitedAt!.Value, drivers[stay.Driver].ClassOf(stay.Vehicle)));
            var told = await quotes.ReadAsync(facility.Id, [.. wishes], cancellationToken);
            foreach (var (stay, price) in stays.Zip(told))
            {
                prices.Add(stay, price);
            }
        }
        return new(prices);
    }
}
