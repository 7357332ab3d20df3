namespace Parking.BackOffice.Tests.Archive.Model;

/// <summary>The algorithm of the drain, before any of its code: random runs of everything that it must survive.</summary>
public sealed class DrainModelTests
{
    [Fact]
    public void Drain_WhateverHappens_ArchivesWhatTheTimelinesSay() => Assert.Empty(Failures(Depth.DrainRuns, new()));

    /// <summary>Without any one of the guards, the model finds a run that ends wrong. So the runs are hard enough.</summary>
    [Theory]
    [InlineData(nameof(DrainRules.KeysByVersion))]
    [InlineData(nameof(DrainRules.WritesBlindly))]
    [InlineData(nameof(DrainRules.IgnoresTokens))]
    [InlineData(nameof(DrainRules.IgnoresEpochs))]
    public void Drain_WithoutOneOfItsGuards_IsCaught(string wrong) => Assert.NotEmpty(Failures(6_000, new()
    {
        KeysByVersion = wrong == nameof(DrainRules.KeysByVersion),
        WritesBlindly = wrong == nameof(DrainRules.WritesBlindly),
        IgnoresTokens = wrong == nameof(DrainRules.IgnoresTokens),
        IgnoresEpochs = wrong == nameof(DrainRules.IgnoresEpochs),
    }));

    /// <summary>
    /// One drain has committed and not acknowledged, when the store is emptied, another drain goes through all of it, and the timeline
    /// comes back with the version at which the first drain has listed it.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Acknowledging_WhatWasListedBeforeTheStoreWasEmptied_RemovesNothing(bool blindly)
    {
        const int slow = 0, other = 1, stay = 1;
        var model = new DrainModel(new SamePartition(), new() { AcknowledgesBlindly = blindly });
        Report(0, ModelStore.EntryEvent);
        Report(0, ModelStore.ExitEvent);
        Many(DrainMoveKind.Step, other, 40);
        Report(stay, ModelStore.EntryEvent);
        Many(DrainMoveKind.Step, slow, 4);

        Many(DrainMoveKind.Age, 0, 1);
        Many(DrainMoveKind.EmptyStore, 0, 1);
        Many(DrainMoveKind.Probe, other, 1);
        Many(DrainMoveKind.Step, other, 40);
        Many(DrainMoveKind.Resend, 0, 1);
        Report(stay, ModelStore.ExitEvent);
        Report(stay, ModelStore.PassedEvent);
        Many(DrainMoveKind.Step, slow, 1);

        Assert.Equal(blindly, model.Finish() is not null);

        void Report(int stay, int reported) => model.Move(new(DrainMoveKind.Event, 0, stay + (3 * int.Log2(reported))));

        void Many(DrainMoveKind kind, int number, int times)
        {
            for (var i = 0; i < times; i++)
            {
                model.Move(new(kind, number, 0));
            }
        }
    }

    /// <summary>What goes wrong in random runs, at most one run of them.</summary>
    private static IEnumerable<string> Failures(int runs, DrainRules rules)
    {
        var seeds = RunSeed.RandomFor($"{nameof(DrainModelTests)} {rules}");
        for (var run = 0; run < runs; run++)
        {
            var seed = seeds.Next();
            var random = new Random(seed);
            var model = new DrainModel(random, rules);
            foreach (var move in DrainMove.DrawRun(random))
            {
                model.Move(move);
            }

            if (model.Finish() is { } wrong)
            {
                return [$"run {run}, seed {seed}: {wrong}"];
            }
        }

        return [];
    }

    private sealed class SamePartition : Random
    {
        public override int Next() => 0;

        public override int Next(int maxValue) => 0;
    }
}
