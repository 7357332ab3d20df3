using Parking.Optics;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Chooses the next driver: a new one, or a regular who has been away for a while.</summary>
internal sealed class DriverPool(long seed, VisitShares shares)
{
    /// <summary>
    /// The time before a regular comes back, in milliseconds. It is longer than the service's default anti-passback period.
    /// </summary>
    private const long Away = 60 * 60 * 1000;

    private readonly Queue<(Driver Driver, long Since)> _away = new();
    private int _drivers, _releases;

    public Driver Take(long now) =>
        _away.TryPeek(out var next) && now - next.Since >= Away ? _away.Dequeue().Driver : Create(++_drivers);

    /// <summary>A driver has finished a visit.</summary>
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

        // No country has plates of this form, so a generated trace cannot contain a real plate.
        var vehicle = hasVehicle ? new Vehicle($"SIM{number:000000}", kind) : null;
        var signer = new SeededRandom(seed, "signer", number).Chance(shares.DeviceCodes) ? CodeSigner.Device : CodeSigner.Service;
        return new Driver(number, $"d{number:000000}", vehicle, signer);
    }
}

/// <summary>A driver.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">The pseudonym.</param>
/// <param name="Vehicle">The vehicle that the driver's codes name; null for none.</param>
/// <param name="Signer">Who signs the driver's codes.</param>
internal sealed record Driver(int Number, string Name, Vehicle? Vehicle, CodeSigner Signer);
