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
/// <param name="pulse">Told which gate it is, and how it fares.</param>
/// <param name="seed">Settles which.</param>
/// <param name="time">Waits.</param>
internal sealed class Outages(
    CityPlan city, IReadOnlyDictionary<string, LiveLane> lanes, CityPulse pulse, long seed, TimeProvider time)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(45), UntilRestart = TimeSpan.FromSeconds(20),
        AfterRestart = TimeSpan.FromSeconds(40), Between = TimeSpan.FromMinutes(2), LookEvery = TimeSpan.FromMilliseconds(200),
        LongestReport = TimeSpan.FromSeconds(30);

    /// <summary>Cuts and mends until it is cancelled. A cable that is cut then stays so.</summary>
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
            await CutAndMendAsync(lanes[gates[random.Below(gates.Count)].Id], cancellationToken);
            await Task.Delay(Between, time, cancellationToken);
        }
    }

    private async Task CutAndMendAsync(LiveLane lane, CancellationToken cancellationToken)
    {
        var gate = lane.Plan.Id;
        var before = pulse.AloneAt(gate);
        lane.IsCut = true;
        pulse.CutOff = gate;
        pulse.Tell(new(
            $"{gate} 与服务断开一分钟，由道闸自行判定；约 25 秒后控制台显示其失联，{lane.Facility.Name.Zh}的车位数存疑",
            $"{gate} is cut off from the service for a minute and decides alone; after some 25 s the console shows it silent, and the "
            + $"count of {lane.Facility.Name.En} in doubt"));
        await Task.Delay(UntilRestart, time, cancellationToken);
        await lane.RestartAsync(cancellationToken);
        await Task.Delay(AfterRestart, time, cancellationToken);

        var last = lane.LastSeq;
        var (kept, after) = (last - lane.AcknowledgedThrough, pulse.AloneAt(gate));
        lane.IsCut = false;
        pulse.CutOff = null;
        pulse.Tell(new(
            $"{gate} 恢复连接，待补报记录 {kept} 条",
            $"{gate} is connected again. Events that it has kept and sends now: {kept}"));
        for (var waited = TimeSpan.Zero; lane.AcknowledgedThrough < last; waited += LookEvery)
        {
            if (waited >= LongestReport)
            {
                var left = last - lane.AcknowledgedThrough;
                pulse.Tell(new(
                    $"{gate} 仍有 {left} 条记录未补报",
                    $"{gate} still has events that the service did not take: {left}"));
                return;
            }
            await Task.Delay(LookEvery, time, cancellationToken);
        }
        var (all, signed) = (after.All - before.All, after.ByPhone - before.ByPhone);
        pulse.Tell(new(
            $"{gate} 的记录已全部补报：断线期间自行判定 {all} 次，"
            + $"其中 {signed} 次为无网络手机自签的码放行",
            $"{gate} has sent everything. Decided alone while it was cut off: {all}. "
            + $"Opened for codes of phones without a network: {signed}"));
    }
}
