using NodaTime;
using Parking.Simulation.Replay.Faults;

namespace Parking.ScannerSim.Tests.Replay.Faults;

public class FaultPlanTests
{
    private static readonly Instant Midnight = Instant.FromUtc(2026, 5, 4, 0, 0);

    private static readonly IReadOnlyList<Instant> Times =
        [.. Enumerable.Range(0, 24 * 60).Select(minute => Midnight + Duration.FromMinutes(minute))];

    private static readonly IReadOnlyList<string> Gates = [.. Enumerable.Range(0, 15).Select(number => $"gate-{number}")];

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (long)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Outages_OfAnyLength_AreNeverTwoAtOnce(long seed)
    {
        var outages = Draw(seed).Where(fault => fault.IsOutage).ToList();

        Assert.All(outages.Zip(outages.Skip(1)), pair => Assert.True(pair.First.Until < pair.Second.At));
        Assert.All(
            outages.Where(fault => fault.Kind == FaultKind.LongOutage),
            fault => Assert.Equal(FaultPlan.LongOutageLength, fault.Until - fault.At));
    }

    /// <summary>Otherwise nobody could say what the books lose.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void DamagedJournals_AreWhereNothingElseTakesTheirEvents(long seed)
    {
        var plan = Draw(seed);
        var damages = plan.Where(fault => fault.Kind == FaultKind.DamageJournal).ToList();

        Assert.NotEmpty(damages);
        Assert.All(damages, damage =>
        {
            Assert.True(damage.Until < Times[^1]);
            Assert.All(plan.Where(fault => fault.Kind == FaultKind.EmptyStore), emptied => Assert.True(emptied.Until < damage.At));
            Assert.All(plan.Where(fault => fault.Kind == FaultKind.LoseTail), tail => Assert.True(AreApart(tail, damage)));
            Assert.All(
                plan.Where(fault => fault != damage && fault.Gate == damage.Gate && fault.Kind != FaultKind.KillGate),
                other => Assert.True(AreApart(other, damage)));
        });
    }

    /// <summary>Otherwise nobody could say when its scans of before were.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void GateWhoseClockIsDead_StartsAgainOnlyWhenItKnowsTheTime(long seed)
    {
        var plan = Draw(seed, gates: 2);

        Assert.All(plan.Where(fault => fault.Kind == FaultKind.DeadClock), dead => Assert.DoesNotContain(plan, other =>
            other != dead && other.Gate == dead.Gate && other.Kind is FaultKind.DeadClock or FaultKind.KillGate
            && dead.At <= other.At && other.At <= dead.Until));
    }

    [Theory]
    [InlineData(FaultKind.Cut, 72)]
    [InlineData(FaultKind.DeadClock, 72)]
    [InlineData(FaultKind.DamageJournal, 72)]
    [InlineData(FaultKind.Skew, 13)]
    public void StoreThatLostSomething_HasItAgain_WhenTheGatesThatWereCutOffAreBack(FaultKind kind, int minutes)
    {
        PlannedFault emptied = new(FaultKind.EmptyStore, Midnight, Midnight + Duration.FromMinutes(1));
        PlannedFault other = new(kind, Midnight, Midnight + Duration.FromHours(1), "gate-1");

        Assert.Equal(Midnight + Duration.FromMinutes(minutes), FaultPlan.SentAgainBy(emptied, [emptied, other], Duration.FromMinutes(12)));
    }

    [Fact]
    public void Draw_SameSeed_IsTheSamePlan() => Assert.Equal(Draw(7), Draw(7));

    private static bool AreApart(PlannedFault one, PlannedFault other) => one.Until < other.At || other.Until < one.At;

    private static IReadOnlyList<PlannedFault> Draw(long seed, int gates = 15) =>
        FaultPlan.Draw(FaultProfile.All, seed, Times, [.. Gates.Take(gates)], Times[^1]);
}
