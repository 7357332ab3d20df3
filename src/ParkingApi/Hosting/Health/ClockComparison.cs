using NodaTime;
using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>Compares this instance's clock with the store's.</summary>
internal sealed class ClockComparison(IStoreClock store, IClock clock, IHostEnvironment environment)
{
    /// <summary>
    /// Whether they agree to a second. A store without a clock of its own always agrees; so does a simulation, whose time is nobody's.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store's clock cannot be read.</exception>
    public async Task<bool> AgreeAsync(CancellationToken cancellationToken)
    {
        if (environment.IsSimulation())
        {
            return true;
        }

        var before = clock.GetCurrentInstant();
        var read = await store.ReadAsync().WaitAsync(cancellationToken);
        var after = clock.GetCurrentInstant();

        // The store read its clock at some moment between the two.
        return read is not { } told || (told > before - IStoreClock.Tolerance && told < after + IStoreClock.Tolerance);
    }
}
