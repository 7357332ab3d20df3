using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// Every three minutes one gate's cable is cut for a minute, which the service sees as some 40 s of silence. The gate decides alone, its
/// program is ended and started again on its journal meanwhile, and afterwards it reports what it did.
/// </summary>
/// <param name="city">
/// The facilities; the one that overflows and the lane that jams are left alone, so that their stories stay plain.
/// </param>
/// <param name="lanes">Each gate's lane, by the gate's name.</param>
/// <param name="pulse">Told which gate it is.</param>
/// <param name="seed">Settles which.</param>
/// <param name="time">Waits.</param>
internal sealed class Outages(
    CityPlan city, IReadOnlyDictionary<string, LiveLane> lanes, CityPulse pulse, long seed, TimeProvider time)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(45), UntilRestart = TimeSpan.FromSeconds(20),
        AfterRestart = TimeSpan.FromSeconds(40), Between = TimeSpan.FromMinutes(2);

    /// <summary>Cuts and mends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed, "outages", 0);
        var overflowing = VisitSchedule.FindOverflowing(city);
        var gates = city.Facilities.Where(facility => facility != overflowing).SelectMany(facility => facility.Gates)
            .Where(gate => gate.Id != Mishaps.JammingExit).ToList();
        if (gates.Count == 0)
        {
            return;
        }
        await Task.Delay(FirstAfter, time, cancellationToken);
        while (true)
        {
            var lane = lanes[gates[random.Below(gates.Count)].Id];
            lane.IsCut = true;
            pulse.CutOff = lane.Plan.Id;
            await Task.Delay(UntilRestart, time, cancellationToken);
            await lane.RestartAsync(cancellationToken);
            await Task.Delay(AfterRestart, time, cancellationToken);
            lane.IsCut = false;
            pulse.CutOff = null;
            await Task.Delay(Between, time, cancellationToken);
        }
    }
}
