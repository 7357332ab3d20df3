using Parking.Optics;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Who comes next: somebody new, or a regular who has been away for a while.</summary>
internal sealed class DriverPool(long seed, VisitShares shares)
{
    /// <summary>So long nobody comes back, in milliseconds. Longer than any anti-passback of a service with default settings.</summary>
    private const long Away = 60 * 60 * 1000;

    private readonly Queue<(Driver Driver, long Since)> _away = new();
    private int _drivers, _releases;

    public Driver Take(long now) =>
        _away.TryPeek(out var next) && now - next.Since >= Away ? _away.Dequeue().Driver : Create(++_drivers);

    /// <summary>A driver is done for now.</summary>
    public void Release(Driver driver, long now)
    {
        if (new SeededRandom(seed, "regulars", _releases++).Chance(shares.Regulars))
        {
            _away.Enqueue((driver, now));
        }
    }

    private Driver Create(int number)
    {
        var random = new SeededRandom(seed, "driver", number);
        var hasVehicle = !random.Chance(shares.WithoutVehicle);
        var kind = random.Chance(shares.Electric) ? VehicleClass.Electric : VehicleClass.Car;

        // No plate of any country looks like this: nobody's car is in a generated trace.
        return new Driver(number, $"d{number:000000}", hasVehicle ? new Vehicle($"SIM{number:000000}", kind) : null);
    }
}

/// <summary>Somebody who parks.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Name">The pseudonym.</param>
/// <param name="Vehicle">What the driver's codes name; null: nothing.</param>
internal sealed record Driver(int Number, string Name, Vehicle? Vehicle);
