using Parking.Simulation.Clients;
using Parking.Simulation.Demo;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Operators;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.LiveCity;

public class TrafficTests
{
    private const int SomeDecisions = 150, SomeCodesByPhones = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traffic_EndedInTheMiddle_LeavesBooksThatAgreeWithTheBarriers()
    {
        var time = QuietCity.TimeProvider;
        var options = new LiveCityOptions { Seed = 3, Port = LoopbackPort.FindFree(), Store = StoreKind.Embedded };
        await using var city = await LivingCity.StartAsync(options, _ => { }, time, Cancellation);
        await using var screen = new OperatorScreen(city.Origin, city.Identities.OperatorToken);
        var watch = new CapacityWatch(city.City, screen.Feed);
        await screen.ConnectAsync(Cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var life = city.RunAsync(ending.Token);
        await Patience.UntilAsync(
            () => life.IsCompleted || city.Pulse.Counts is { Opened: >= SomeDecisions, ByPhone: >= SomeCodesByPhones });
        await ending.CancelAsync();
        await life;

        Assert.Empty(await city.ReportAllAsync(Cancellation));
        Assert.Null(city.Pulse.Trouble);
        Assert.Empty(watch.Violations);
        Assert.Equal(0, city.Pulse.Counts.Alone);
        var told = await AssertBooksAgreeAsync(city);
        Assert.InRange(told.Sum(view => view.Occupancy!.Occupied), SomeDecisions / 2, SomeDecisions * 2);
    }

    [Fact]
    public async Task Traffic_GatesCutOffUntilTheEnd_LetInPhonesWithoutANetwork_AndTheBooksAgreeAfterwards()
    {
        var options = new LiveCityOptions { Seed = 5, Port = LoopbackPort.FindFree(), Store = StoreKind.Embedded };
        await using var city = await LivingCity.StartAsync(options, _ => { }, QuietCity.TimeProvider, Cancellation);
        var cut = city.City.Facilities.MaxBy(facility => facility.Capacity)!.Gates.Select(gate => city.Lanes[gate.Id]).ToList();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Cut(cut);

        var life = city.RunAsync(ending.Token);
        await Patience.UntilAsync(() => life.IsCompleted || cut.Sum(lane => city.Pulse.AloneAt(lane.Plan.Id).ByPhone) >= SomeCodesByPhones);
        Cut(cut);
        Assert.Contains(cut, lane => lane.AcknowledgedThrough < lane.LastSeq);
        await ending.CancelAsync();
        await life;

        Assert.Empty(await city.ReportAllAsync(Cancellation));
        Assert.Null(city.Pulse.Trouble);
        await AssertBooksAgreeAsync(city);
    }

    private static void Cut(List<LiveLane> lanes) => lanes.ForEach(lane => lane.IsCut = true);

    private static async Task<IReadOnlyList<FacilityView>> AssertBooksAgreeAsync(LivingCity city)
    {
        var told = await new PublicBoard(city.Http, QuietCity.TimeProvider).GetFacilitiesAsync(Cancellation);
        Assert.Equal(
            city.City.Facilities.Select(facility => (facility.Id, (int?)city.Traffic.Attendance.CountIn(facility.Id))),
            told.Select(view => (view.Id, view.Occupancy?.Occupied)));
        return told;
    }
}
