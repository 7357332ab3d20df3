using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>What every store of wall screens does.</summary>
public abstract class ScreenStoreContract : StoreTests
{
    private const string Left = "01JTCWB2X0S3K7N5Q8V1R4T6YZ", Right = "01JTCWB2X0S3K7N5Q8V1R4T6ZZ";
    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 8, 30, 15).PlusNanoseconds(1_000_000);

    private IScreenStore Store => Subject.Screens;

    [Fact]
    public async Task Screens_AreThoseThatWereAdded()
    {
        Assert.Empty(await Store.LoadAsync());

        Assert.True(await Store.SwapAsync(Left, null, "left"));
        Assert.True(await Store.SwapAsync(Right, null, "right 大屏"));

        Assert.Equal([new(Left, "left", null), new(Right, "right 大屏", null)], (await Store.LoadAsync()).OrderBy(screen => screen.Id));
        Assert.Equal(new StoredScreen(Left, "left", null), await Store.FindAsync(Left));
        Assert.Null(await Store.FindAsync("another"));
    }

    [Fact]
    public async Task Swap_OfSomethingElse_ChangesNothing()
    {
        await Store.SwapAsync(Left, null, "left");

        Assert.False(await Store.SwapAsync(Left, null, "again"));
        Assert.False(await Store.SwapAsync(Left, "lef", "again"));
        Assert.False(await Store.SwapAsync(Right, "right", "again"));

        Assert.Equal([new(Left, "left", null)], await Store.LoadAsync());
    }

    [Fact]
    public async Task Swap_OfWhatIsKept_ReplacesIt_AndLeavesWhenItWasSeen()
    {
        await Store.SwapAsync(Left, null, "left");
        await Store.NoteSeenAsync(Left, At);

        Assert.True(await Store.SwapAsync(Left, "left", "opened"));

        Assert.Equal(new StoredScreen(Left, "opened", At), await Store.FindAsync(Left));
    }

    [Fact]
    public async Task Swap_ByManyAtOnce_IsDoneByOne()
    {
        await Store.SwapAsync(Left, null, "left");

        var done = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => Store.SwapAsync(Left, "left", $"opened {n}"))));

        Assert.Single(done, isDone => isDone);
    }

    [Fact]
    public async Task Seen_IsTheLatestTime_OfAScreenThatIsThere()
    {
        await Store.SwapAsync(Left, null, "left");
        await Store.NoteSeenAsync(Left, At);
        await Store.NoteSeenAsync(Left, At - Duration.FromSeconds(1));
        await Store.NoteSeenAsync(Right, At);

        Assert.Equal([new(Left, "left", At)], await Store.LoadAsync());
        await Store.NoteSeenAsync(Left, At + Duration.FromSeconds(1));
        Assert.Equal(At + Duration.FromSeconds(1), (await Store.FindAsync(Left))!.Value.SeenAt);
    }

    [Fact]
    public async Task Screens_AreThereAfterARestart()
    {
        await Store.SwapAsync(Left, null, "left");
        await Store.NoteSeenAsync(Left, At);
        await Subject.RestartAsync();

        Assert.Equal([new(Left, "left", At)], await Store.LoadAsync());
    }
}

/// <summary>On the embedded store.</summary>
public sealed class SqliteScreenStoreTests : ScreenStoreContract
{
    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis, which a test may kill.</summary>
public sealed class RedisScreenStoreTests(OwnRedisServer own) : ScreenStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}
