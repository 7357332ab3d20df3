using Parking.BackOffice.Tests.Archive.Model;
using Parking.BackOffice.Tests.Archive.Real;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Use;

/// <summary>
/// The days of a facility under all that happens to the real drain: two of it, kills, copies put back on both sides, a store that is
/// emptied. Whatever the archive has in the end, the days say the same.
/// </summary>
public abstract class UseUnderDrainContract
{
    private const int MovesBetween = 15;

    [Fact]
    public async Task Days_WhateverHappensToTheDrain_AreWhatTheArchiveHas()
    {
        var seeds = RunSeed.RandomFor(GetType().Name);
        for (var run = 0; run < Depth.Kills; run++)
        {
            var seed = seeds.Next();
            await using var world = await RealWorld.CreateAsync(Create());
            foreach (var (n, move) in DrainMove.DrawRun(new(seed)).Index())
            {
                await world.MoveAsync(move);
                if (n % MovesBetween == 0)
                {
                    await world.ComputeDaysAsync();
                }
            }

            await world.FinishAsync();
            await world.ComputeDaysAsync();

            var wrong = await world.CheckDaysAsync();
            Assert.True(wrong.Count == 0, $"run {run}, seed {seed}:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        }
    }

    protected abstract SqlUnderTest Create();
}

public sealed class SqliteUseUnderDrain : UseUnderDrainContract
{
    protected override SqlUnderTest Create() => new SqliteUnderTest();
}

public sealed class PostgresUseUnderDrain(SharedPostgres shared) : UseUnderDrainContract
{
    protected override SqlUnderTest Create() => new PostgresUnderTest(shared);
}
