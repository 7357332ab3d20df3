using Parking.GateProtocol;
using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// What goes wrong at lanes while their gates work: every four minutes the arm of one exit is stuck, until an operator opens the lane from
/// afar or somebody on site sets it free; and at entries a second vehicle follows through now and then.
/// </summary>
/// <param name="city">The facilities.</param>
/// <param name="lanes">Each gate's lane, by the gate's name.</param>
/// <param name="pulse">Told which lane is stuck.</param>
/// <param name="seed">Settles where vehicles follow through.</param>
/// <param name="time">Waits.</param>
internal sealed class Mishaps(
    CityPlan city, IReadOnlyDictionary<string, LiveLane> lanes, CityPulse pulse, long seed, TimeProvider time)
{
    /// <summary>At the facility of the attendant to sign in as.</summary>
    public const string JammingExit = "hsp-out-1";

    private static readonly TimeSpan FirstJamAfter = TimeSpan.FromSeconds(30), JamLasts = TimeSpan.FromSeconds(90),
        BetweenJams = TimeSpan.FromSeconds(150), LookEvery = TimeSpan.FromMilliseconds(500), BetweenTailgatings = TimeSpan.FromSeconds(100);

    /// <summary>Goes on until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(JamAsync(cancellationToken), TailgateAsync(cancellationToken));

    private async Task JamAsync(CancellationToken cancellationToken)
    {
        if (!lanes.TryGetValue(JammingExit, out var lane))
        {
            return;
        }
        await Task.Delay(FirstJamAfter, time, cancellationToken);
        while (true)
        {
            await lane.JamAsync(cancellationToken);
            pulse.Jammed = JammingExit;
            var jammed = time.GetTimestamp();
            while (lane.IsJammed && time.GetElapsedTime(jammed) < JamLasts)
            {
                await Task.Delay(LookEvery, time, cancellationToken);
            }
            await lane.RepairAsync(cancellationToken);
            pulse.Jammed = null;
            await Task.Delay(BetweenJams, time, cancellationToken);
        }
    }

    private async Task TailgateAsync(CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed, "tailgatings", 0);
        var entries = city.Facilities.SelectMany(facility => facility.Gates).Where(gate => gate.Direction == GateDirection.Entry).ToList();
        while (entries.Count > 0)
        {
            await Task.Delay(BetweenTailgatings, time, cancellationToken);
            await lanes[entries[random.Below(entries.Count)].Id].TailgateAsync(cancellationToken);
        }
    }
}
