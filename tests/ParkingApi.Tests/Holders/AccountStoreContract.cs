using Parking.Api.Tests.LiveStore;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.Holders;

/// <summary>What every account store does, one sentence of <see cref="IAccountStore"/> after the other.</summary>
public abstract class AccountStoreContract : StoreTests
{
    private static readonly CitizenKey Citizen = new(new string('a', 64));
    private static readonly CitizenKey OtherCitizen = new(new string('b', 64));

    private IAccountStore Store => Subject.Holders;

    [Fact]
    public async Task FindOrAdd_NewCitizen_IsTheProposedHolderForEver()
    {
        Assert.Null(await Store.FindAsync(Citizen));

        Assert.Equal(new(Holder), await Store.FindOrAddAsync(Citizen, Holder));
        Assert.Equal(new(Holder), await Store.FindOrAddAsync(Citizen, OtherHolder));

        Assert.Equal(new CitizenHolder(Holder), await Store.FindAsync(Citizen));
        Assert.Null(await Store.FindAsync(OtherCitizen));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public async Task FindOrAdd_AnyHolder_ComesBackAsItWas(ulong value)
    {
        await Store.FindOrAddAsync(Citizen, new(value));

        Assert.Equal(new CitizenHolder(new(value)), await Store.FindAsync(Citizen));
        Assert.True(await Store.ReplaceHolderAsync(Citizen, new(new(value)), new(OtherHolder, new(value))));
        Assert.Equal(new CitizenHolder(OtherHolder, new(value)), await Store.FindAsync(Citizen));
    }

    /// <summary>As an erasure does: first it notes who comes next, then that one takes the place.</summary>
    [Fact]
    public async Task ReplaceHolder_WithWhatIsExpected_IsWhatIsFoundFromThenOn()
    {
        CitizenHolder first = new(Holder), noted = new(Holder, OtherHolder), second = new(OtherHolder);
        await Store.FindOrAddAsync(Citizen, Holder);
        await Store.FindOrAddAsync(OtherCitizen, Holder);

        Assert.True(await Store.ReplaceHolderAsync(Citizen, first, noted));
        Assert.Equal(noted, await Store.FindOrAddAsync(Citizen, new(7)));
        Assert.Equal(noted, await Store.FindAsync(Citizen));
        Assert.True(await Store.ReplaceHolderAsync(Citizen, noted, second));
        Assert.Equal(second, await Store.FindOrAddAsync(Citizen, new(7)));

        Assert.Equal(first, await Store.FindAsync(OtherCitizen));
    }

    [Fact]
    public async Task ReplaceHolder_WithSomethingElse_ChangesNothing()
    {
        CitizenHolder first = new(Holder), noted = new(Holder, OtherHolder);
        Assert.False(await Store.ReplaceHolderAsync(Citizen, first, noted));
        Assert.Null(await Store.FindAsync(Citizen));
        await Store.FindOrAddAsync(Citizen, Holder);

        foreach (var expected in new CitizenHolder[] { new(OtherHolder), noted, new(Holder, Holder) })
        {
            Assert.False(await Store.ReplaceHolderAsync(Citizen, expected, new(OtherHolder)));
        }

        Assert.Equal(first, await Store.FindAsync(Citizen));
        await Store.ReplaceHolderAsync(Citizen, first, noted);
        Assert.False(await Store.ReplaceHolderAsync(Citizen, first, new(OtherHolder)));
        Assert.Equal(noted, await Store.FindAsync(Citizen));
    }

    [Fact]
    public async Task ReplaceHolder_ManyAtOnce_OneSucceeds()
    {
        await Store.FindOrAddAsync(Citizen, Holder);

        var replaced = await Task.WhenAll(Enumerable.Range(1, 32).Select(n => Task.Run(
            async () => (n, IsDone: await Store.ReplaceHolderAsync(Citizen, new(Holder), new(Holder, new((ulong)n)))),
            TestContext.Current.CancellationToken)));

        var (winner, _) = Assert.Single(replaced, one => one.IsDone);
        Assert.Equal(new CitizenHolder(Holder, new((ulong)winner)), await Store.FindAsync(Citizen));
    }

    [Fact]
    public async Task FindOrAdd_ManyAtOnce_AllGetTheSame()
    {
        var found = await Task.WhenAll(Enumerable.Range(1, 64).Select(n => Task.Run(
            () => Store.FindOrAddAsync(Citizen, new((ulong)n)), TestContext.Current.CancellationToken)));

        Assert.Single(found.Distinct());
    }

    [Fact]
    public async Task LoadGarage_None_IsVersionZeroAndEmpty()
    {
        var loaded = await Store.LoadAccountAsync(Holder);

        Assert.Equal((0, 0), (loaded.Version, loaded.Content.Length));
    }

    [Fact]
    public async Task SaveGarage_ExpectedVersion_StoresTheNext()
    {
        Assert.True(await Store.SaveAccountAsync(Holder, 0, Bytes("first")));
        Assert.True(await Store.SaveAccountAsync(Holder, 1, AllBytes()));

        var loaded = await Store.LoadAccountAsync(Holder);
        Assert.Equal(2, loaded.Version);
        Assert.Equal(AllBytes(), loaded.Content.ToArray());
        Assert.Equal(0, (await Store.LoadAccountAsync(OtherHolder)).Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task SaveGarage_OtherVersion_ChangesNothing(long expected)
    {
        await Store.SaveAccountAsync(Holder, 0, Bytes("first"));

        Assert.False(await Store.SaveAccountAsync(Holder, expected, Bytes("other")));

        var loaded = await Store.LoadAccountAsync(Holder);
        Assert.Equal((1, "first"), (loaded.Version, Text(loaded.Content)));
    }

    [Fact]
    public async Task SaveGarage_IsNotATimeline()
    {
        await Store.SaveAccountAsync(Holder, 0, Bytes("car"));

        Assert.Equal(0, (await Subject.Live.LoadAsync(Holder)).Version);
        Assert.Empty(await Subject.Live.OutgoingAsync(10));
        Assert.Empty(
            await Subject.Live.HoldersAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restart_CitizensAndGarages_AreKept()
    {
        await Store.FindOrAddAsync(Citizen, Holder);
        await Store.ReplaceHolderAsync(Citizen, new(Holder), new(Holder, OtherHolder));
        await Store.SaveAccountAsync(Holder, 0, Bytes("car"));

        await Subject.RestartAsync();

        Assert.Equal(new CitizenHolder(Holder, OtherHolder), await Store.FindAsync(Citizen));
        Assert.Equal("car", Text((await Store.LoadAccountAsync(Holder)).Content));
    }

    [Fact]
    public async Task EveryMethod_StoreOutOfReach_Throws()
    {
        await Subject.TakeAwayAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.FindAsync(Citizen));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.FindOrAddAsync(Citizen, Holder));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReplaceHolderAsync(Citizen, new(Holder), new(OtherHolder)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.LoadAccountAsync(Holder));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.SaveAccountAsync(Holder, 0, Bytes("car")));
        await Subject.BringBackAsync();
    }
}
