using Parking.Simulation.Clients;
using Parking.Simulation.Demo;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Operators;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.LiveCity;

public class TrafficTests
{
    private const int SomeDecisions = 150;

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
        await Patience.UntilAsync(() => life.IsCompleted || city.Pulse.Counts.Opened >= SomeDecisions);
        await ending.CancelAsync();
        await life;

        Assert.Empty(await city.ReportAllAsync(Cancellation));
        Assert.Null(city.Pulse.Trouble);
        Assert.Empty(watch.Violations);
        Assert.Equal(0, city.Pulse.Counts.Alone);
        var told = await new PublicBoard(city.Http, time).GetFacilitiesAsync(Cancellation);
        Assert.Equal(
            city.City.Facilities.Select(facility => (facility.Id, (int?)city.Traffic.Attendance.CountIn(facility.Id))),
            told.Select(view => (view.Id, view.Occupancy?.Occupied)));
        Assert.InRange(told.Sum(view => view.Occupancy!.Occupied), SomeDecisions / 2, SomeDecisions * 2);
    }
}
