using CsCheck;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Oracle;

namespace Parking.ScannerSim.Tests.Replay.Oracle;

/// <summary>Properties that hold for any history, even an impossible one.</summary>
public class OraclePropertyTests
{
    private static readonly Gen<Scene> Histories = Gen
        .Select(Gen.Bool, Gen.Int[0, 1], Gen.Int[0, 12], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 6])
        .Array[1, 14].Select(acts =>
        {
            var scene = new Scene();
            foreach (var (isEntry, facility, minutes, vehicle, driver, kind) in acts)
            {
                var (place, name, code) = (facility == 0 ? "a" : "b", $"d{driver}", kind == 1 ? (int?)(100 * driver) : null);
                _ = kind == 0 ? scene.Inventory(place, minutes, new NamedStay(name))
                    : isEntry ? scene.In(place, minutes, vehicle, name, code)
                    : scene.Out(place, minutes, vehicle, name, code);
            }
            return scene;
        });

    [Fact]
    public void Passage_Any_IsAnEndOfExactlyOneStay() => Histories.SampleCases(Depth.Cases, scene =>
    {
        var oracle = scene.Oracle();
        var ends = oracle.Stays.SelectMany(stay => new[] { stay.Entry, stay.Exit }).OfType<Passage>();
        Assert.Equal(oracle.Passages.Select(passage => passage.Line).Order(), ends.Select(passage => passage.Line).Order());
        Assert.All(oracle.Stays, stay => Assert.True(stay.Entry is null || stay.Entry.Direction == GateDirection.Entry));
        Assert.All(oracle.Stays, stay => Assert.True(stay.Exit is null || stay.Exit.Direction == GateDirection.Exit));
    });

    [Fact]
    public void Stay_Any_HasItsMembersInOrder() => Histories.SampleCases(Depth.Cases, scene => Assert.All(scene.Oracle().Stays, stay =>
    {
        Assert.Equal(stay.IsOpen, stay.EndedAt is null);
        Assert.Equal(stay.Ending == StayEnding.MissedEntry, stay.EnteredAt is null);
        Assert.Equal(stay.Ending is StayEnding.Exited or StayEnding.MissedEntry, stay.ExitedAt is not null);
        Assert.True(stay.EndedAt is null || stay.EnteredAt is null || stay.EnteredAt <= stay.EndedAt);
        Assert.NotEqual(StayState.Provisional, stay.State);
    }));

    [Fact]
    public void Vehicle_Any_IsParkedInOnePlaceAtMost() => Histories.SampleCases(Depth.Cases, scene =>
        Assert.All(scene.Oracle().ByDriver.Values, stays => Assert.All(
            stays.Where(stay => stay.IsOpen).CountBy(stay => stay.Vehicle), count => Assert.Equal(1, count.Value))));

    [Fact]
    public void Occupancy_Any_IsNeverNegativeAndEndsWithTheOpenStays() => Histories.SampleCases(Depth.Cases, scene =>
    {
        var oracle = scene.Oracle();
        foreach (var (facility, curve) in oracle.Occupancy)
        {
            Assert.All(curve.Steps, step => Assert.True(step.Occupied >= 0));
            Assert.Equal(oracle.Stays.Count(stay => stay.IsOpen && stay.Facility == facility), curve.Final);
        }
    });

    /// <summary>If every vehicle alternates between entry and exit, occupancy equals a count at the gates.</summary>
    [Fact]
    public void Occupancy_NothingMissed_IsEntriesLessExits() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 30], Gen.Int[1, 30]).Array[1, 20].SampleCases(Depth.Cases, visits =>
        {
            var scene = new Scene();
            var free = new int[6];
            foreach (var (driver, wait, length) in visits)
            {
                scene.In("a", free[driver] + wait, driver: $"d{driver}").Out("a", free[driver] + wait + length, driver: $"d{driver}");
                free[driver] += wait + length;
            }
            var curve = scene.Oracle().Occupancy["a"];
            var showings = scene.Record().Showings;
            for (var minute = 0; minute <= free.Max(); minute++)
            {
                var sofar = showings.Where(showing => showing.At <= Scene.At(minute)).ToList();
                var entries = sofar.Count(showing => showing.Direction == GateDirection.Entry);
                var exits = sofar.Count(showing => showing.Direction == GateDirection.Exit);
                Assert.Equal(entries - exits, curve.At(Scene.At(minute)));
            }
            Assert.Equal(0, curve.Final);
        });

    [Fact]
    public void Order_OfTheRecording_MeansNothing() => Gen.Select(Histories, Gen.Int).SampleCases(Depth.Cases, (scene, seed) =>
    {
        var recording = scene.Record();
        var shuffled = recording with
        {
            Showings = [.. recording.Showings.OrderBy(showing => (showing.Line * 7919) ^ seed)],
            Inventories = [.. recording.Inventories.Reverse()],
        };
        Assert.Equal(Tell(OracleBooks.Of(recording)), Tell(OracleBooks.Of(shuffled)));
    });

    private static IEnumerable<string> Tell(OracleBooks books) =>
        books.Stays
            .Select(stay => $"{stay.Driver} {stay.Facility} {stay.Vehicle} {stay.EnteredAt} {stay.EndedAt} {stay.Ending} {stay.State}")
            .Order();
}
