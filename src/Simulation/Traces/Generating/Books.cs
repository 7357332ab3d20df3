using Parking.GateProtocol;

namespace Parking.Simulation.Traces.Generating;

/// <summary>The service's books if no event is lost or late. An independent implementation of the rules in docs/architecture.md.</summary>
internal sealed class Books
{
    /// <summary>Ten minutes: the service's default.</summary>
    private const long AntiPassback = 10 * 60 * 1000;

    private readonly Dictionary<int, OpenStay> _open = [];

    /// <summary>The driver's open stay; null if there is none.</summary>
    public OpenStay? Find(Driver driver) => _open.GetValueOrDefault(driver.Number);

    /// <summary>Decides a valid, unused code at an entry.</summary>
    public ScanReason Enter(Driver driver, Place place, long at)
    {
        var parked = Find(driver);
        if (parked is not null && at - parked.EnteredAt < AntiPassback)
        {
            return ScanReason.AlreadyParked;
        }
        if (place.IsFull && parked?.Place != place)
        {
            return ScanReason.Full;
        }
        Set(driver, new OpenStay(place, at));
        return parked is null ? ScanReason.Entered : ScanReason.EnteredAfterMissedExit;
    }

    /// <summary>Decides a valid, unused code at an exit.</summary>
    public ScanReason Exit(Driver driver, Place place)
    {
        if (Find(driver)?.Place != place)
        {
            return ScanReason.MissedEntry;
        }
        Set(driver, null);
        return ScanReason.Exited;
    }

    /// <summary>Replaces the driver's open stay, after an inventory or when a vehicle backed out.</summary>
    public void Set(Driver driver, OpenStay? stay)
    {
        Find(driver)?.Place.Take(-1);
        if (stay is null)
        {
            _open.Remove(driver.Number);
            return;
        }
        _open[driver.Number] = stay;
        stay.Place.Take(1);
    }

    /// <param name="Place">The facility.</param>
    /// <param name="EnteredAt">The entry, in milliseconds since 1970.</param>
    public sealed record OpenStay(Place Place, long EnteredAt);
}
