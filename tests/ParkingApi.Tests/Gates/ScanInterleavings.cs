using CsCheck;
using NodaTime;
using Parking.Api.Tests.LiveStore;

namespace Parking.Api.Tests.Gates;

/// <summary>A thousand scans of forty drivers, interleaved at random, leave what a simple model of each driver says.</summary>
public abstract class ScanInterleavings
{
    private const int Drivers = 40;
    private const int MovesEach = 25;

    private static readonly Gen<Move> GenMove = Gen.Select(
        Gen.Int[0, 3].Select(n => n switch { 0 => "large", 1 => "other", _ => "small" }), Gen.Bool, Gen.Int[0, 9], Gen.Int[0, 3],
        (facility, isEntry, old, repeated) => new Move(facility, isEntry, old == 0, repeated == 0));

    private protected abstract Task<IStoreUnderTest> CreateAsync();

    [Fact]
    public Task RandomInterleavedScans_LeaveWhatTheModelSays() =>
        Gen.Select(GenMove.Array[MovesEach].Array[Drivers], Gen.Bool).SampleCasesAsync(
            Depth.Interleavings,
            async (moves, antiPassback) =>
            {
                await using var subject = await CreateAsync();
                var world = new GateWorld(subject.Live, subject.Holders, antiPassback ? Duration.FromMinutes(10) : Duration.Zero);
                var drivers = moves.Select((_, i) => new DriverModel(new((ulong)i + 1), antiPassback)).ToArray();

                await Task.WhenAll(drivers.Select((driver, i) => Task.Run(async () =>
                {
                    foreach (var move in moves[i])
                    {
                        await driver.MakeAsync(world, move, lane: i);
                    }
                })));

                foreach (var facility in world.City.Facilities)
                {
                    Assert.Equal(
                        drivers.Count(driver => driver.Inside == facility.Id.Value), await world.OccupancyAsync(facility.Id.Value));
                }

                Assert.InRange(await world.OccupancyAsync("small"), 0, GateWorld.SmallCapacity);
                await world.AssertSpacesAreTheOpenStaysAsync();
                await world.AssertNothingPendingAsync();
                Assert.Equal(default, await world.Sweep.SweepAsync(TestContext.Current.CancellationToken));
            });
}
