using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Books;

/// <summary>
/// What stays must cost: priced by the service's published tariffs, but for the oracle's times and the driver's own vehicles. So it is the
/// books that are put to the test, not the tariffs, which have tests of their own.
/// </summary>
internal sealed class ExpectedFees
{
    private readonly Dictionary<OracleStay, Price> _prices;

    public ExpectedFees(IEnumerable<KeyValuePair<OracleStay, Price>> prices) => _prices = new(prices);

    /// <summary>Null where the stay has no fee: it did not exit, or parking there has no price.</summary>
    public Price? Of(OracleStay stay) => _prices.GetValueOrDefault(stay);

    /// <summary>Asks for all of them.</summary>
    /// <param name="recording">Says which facilities have a tariff, and which vehicles the drivers have.</param>
    /// <param name="oracle">Whose stays.</param>
    /// <param name="quotes">Asks.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="ServiceRefusedException">The service did not tell.</exception>
    public static async Task<ExpectedFees> ReadAsync(
        ReplayRecording recording, OracleBooks oracle, QuoteReader quotes, CancellationToken cancellationToken)
    {
        var drivers = recording.Drivers.ToDictionary(driver => driver.Name);
        var exited = oracle.Stays.Where(stay => stay.Ending == StayEnding.Exited).ToLookup(stay => stay.Facility);
        var prices = new Dictionary<OracleStay, Price>();
        foreach (var facility in recording.City.Facilities.Where(facility => facility.Tariff is not null))
        {
            var stays = exited[facility.Id].ToList();
            var wishes = stays.Select(
                stay => new PricedTime(stay.EnteredAt!.Value, stay.ExitedAt!.Value, drivers[stay.Driver].ClassOf(stay.Vehicle)));
            var told = await quotes.ReadAsync(facility.Id, [.. wishes], cancellationToken);
            foreach (var (stay, price) in stays.Zip(told))
            {
                prices.Add(stay, price);
            }
        }
        return new(prices);
    }
}
