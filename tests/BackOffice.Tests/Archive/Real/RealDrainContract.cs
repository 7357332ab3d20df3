using Parking.BackOffice.Tests.Archive.Model;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Archive.Real;

/// <summary>
/// The real drain under the moves of the model: two of it, kills, copies put back on both sides, a store that is emptied.
/// </summary>
public abstract class RealDrainContract
{
    [Fact]
    public async Task Drain_WhateverHappens_ArchivesWhatTheTimelinesSay()
    {
        var seeds = RunSeed.RandomFor(GetType().Name);
        for (var run = 0; run < Runs; run++)
        {
            var seed = seeds.Next();
            await using var world = await RealWorld.CreateAsync(Create());
            foreach (var move in DrainMove.DrawRun(new(seed)))
            {
                await world.MoveAsync(move);
            }

            var wrong = await world.FinishAsync();

            Assert.True(wrong.Count == 0, $"run {run}, seed {seed}:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        }
    }

    protected abstract int Runs { get; }

    protected abstract SqlUnderTest Create();
}

public sealed class SqliteRealDrain : RealDrainContract
{
    protected override int Runs => Depth.Walks;

    protected override SqlUnderTest Create() => new SqliteUnderTest();
}

public sealed class PostgresRealDrain(SharedPostgres shared) : RealDrainContract
{
    protected override int Runs => Depth.Kills;

    protected override SqlUnderTest Create() => new PostgresUnderTest(shared);
}
