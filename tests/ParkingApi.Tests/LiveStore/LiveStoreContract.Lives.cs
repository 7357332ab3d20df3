using NodaTime.Extensions;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>Which life of the store it is, and from when on gates have to send again.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Life_OfANewStore_AsksForEverything()
    {
        var life = await Store.LifeAsync();

        Assert.Matches("^[0-9a-f]{8}$", life.Epoch);
        Assert.Equal(StoreEpoch.Everything, life.ResendFrom(null));
    }

    [Fact]
    public async Task Life_WhateverIsWrittenAndProbed_StaysTheSame()
    {
        var first = await Store.LifeAsync();

        await Store.SetClosedAsync(Facility, true);
        await Store.ProbeAsync(Cancelled);
        Subject.Time.Advance(TimeSpan.FromHours(1));
        await Store.ProbeAsync(Cancelled);

        Assert.Equal(first.Epochs, (await Store.LifeAsync()).Epochs);
    }

    [Fact]
    public async Task Life_ProbedByManyAtOnce_StaysTheSame()
    {
        await Store.ProbeAsync(Cancelled);
        var first = await Store.LifeAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            Subject.Time.Advance(TimeSpan.FromSeconds(1));
            await Store.ProbeAsync(Cancelled);
        })));

        Assert.Equal(first.Epochs, (await Store.LifeAsync()).Epochs);
    }

    [Fact]
    public async Task Life_AfterARestart_IsAnother_AndAsksForWhatWasWrittenSinceAMinuteBeforeTheLastProbe()
    {
        await Store.ProbeAsync(Cancelled);
        Subject.Time.Advance(TimeSpan.FromHours(1));
        await Store.ProbeAsync(Cancelled);
        var before = await Store.LifeAsync();
        var probed = Subject.Time.GetUtcNow().ToInstant();
        Subject.Time.Advance(TimeSpan.FromHours(1));

        await Subject.RestartAsync();

        var after = await RecoveredAsync(Store.LifeAsync);
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(probed - StoreEpoch.Margin, after.ResendFrom(before.Epoch));
        Assert.Equal(StoreEpoch.Everything, after.ResendFrom(null));
        Assert.Equal(after.ResendFrom(before.Epoch), after.ResendFrom(after.Epoch));
    }

    [Fact]
    public async Task Life_OfAStoreThatWasEmptied_IsAnother_AndAsksForEverything()
    {
        await Store.ProbeAsync(Cancelled);
        var before = await Store.LifeAsync();

        await Subject.EmptyAsync();
        await Store.ProbeAsync(Cancelled);

        var after = await Store.LifeAsync();
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(StoreEpoch.Everything, after.ResendFrom(before.Epoch));
    }

    [Fact]
    public async Task Life_OfAStoreThatWasRestoredUnderTheConnection_IsAnother_AndAsksForWhatTheCopyDoesNotHave()
    {
        await Store.ProbeAsync(Cancelled);
        var before = await Store.LifeAsync();
        var copied = Subject.Time.GetUtcNow().ToInstant();
        var putBackAsync = await Subject.CopyAsync();
        Subject.Time.Advance(TimeSpan.FromHours(1));
        await Store.ProbeAsync(Cancelled);

        await putBackAsync();
        await Store.ProbeAsync(Cancelled);

        var after = await Store.LifeAsync();
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(copied - StoreEpoch.Margin, after.ResendFrom(before.Epoch));
    }

    [Fact]
    public async Task Life_OfACopyOfAnEarlierLife_AsksForWhatTheCopyDoesNotHave()
    {
        await Store.ProbeAsync(Cancelled);
        var copied = Subject.Time.GetUtcNow().ToInstant();
        var putBackAsync = await Subject.CopyAsync();
        Subject.Time.Advance(TimeSpan.FromHours(1));
        await Subject.RestartAsync();
        await RecoveredAsync(async () =>
        {
            await Store.ProbeAsync(Cancelled);
            return true;
        });
        var before = await Store.LifeAsync();

        await putBackAsync();
        await Store.ProbeAsync(Cancelled);

        var after = await Store.LifeAsync();
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(copied - StoreEpoch.Margin, after.ResendFrom(before.Epoch));
    }
}
