using System.Threading.Channels;
using NodaTime;
using Parking.Api.Tests.LiveStore;
using Parking.Events;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;
using GateId = Parking.Facilities.GateId;

namespace Parking.Api.Tests.Commands;

/// <summary>What every store of commands does, one sentence of <see cref="ICommandStore"/> after the other.</summary>
public abstract class CommandStoreContract : StoreTests
{
    private static readonly CommandId First = CommandId.Parse("01JTCWB2X0S3K7N5Q8V1R4T6YZ");
    private static readonly CommandId Second = CommandId.Parse("01JTCWB2X0ZZZZZZZZZZZZZZZZ");
    private static readonly GateId OtherGate = new("harbour-north-out-1");

    private ICommandStore Store => Subject.Commands;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_Unknown_IsVersionZeroAndEmpty()
    {
        await CommitAsync(First, 0, "first");

        Assert.Equal((0, ""), await LoadAsync(Second));
        Assert.Equal(0, (await Store.LoadAsync(OtherFacility, First)).Version);
    }

    [Fact]
    public async Task Commit_ExpectedVersion_StoresTheNextWithItsBytes()
    {
        Assert.True(await CommitAsync(First, 0, "first"));
        Assert.True(await Store.CommitAsync(Facility, Gate, First, 1, AllBytes(), null));

        var loaded = await Store.LoadAsync(Facility, First);
        Assert.Equal(2, loaded.Version);
        Assert.Equal(AllBytes(), loaded.Content.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_OtherVersion_ChangesNothing(long expected)
    {
        await CommitAsync(First, 0, "first");

        Assert.False(await Store.CommitAsync(Facility, Gate, First, expected, Bytes("other"), null));

        Assert.Equal((1, "first"), await LoadAsync(First));
        Assert.Equal(["first"], await WaitingAsync());
        Assert.Equal([(1, "first")], await UnchainedAsync());
    }

    /// <summary>Of claims at the same moment, one is granted.</summary>
    [Fact]
    public async Task Commit_ManyAtOnce_OneSucceedsForEachVersion()
    {
        var queued = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => CommitAsync(First, 0, $"queued {n}")));
        var granted = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            n => Store.CommitAsync(Facility, Gate, First, 1, Bytes($"granted {n}"), null)));

        Assert.Single(queued, won => won);
        Assert.Single(granted, won => won);
        Assert.Equal([1, 2], (await UnchainedAsync()).Select(one => one.Version));
    }

    [Fact]
    public async Task Waiting_SomeDoNotWaitAnyMoreOrAreOfAnotherGate_GivesTheOthers()
    {
        await CommitAsync(First, 0, "first");
        await CommitAsync(Second, 0, "second");
        await Store.CommitAsync(Facility, OtherGate, CommandId.Parse("01JTCWB2X0AAAAAAAAAAAAAAAA"), 0, Bytes("other"), Noon);
        await Store.CommitAsync(OtherFacility, Gate, First, 0, Bytes("elsewhere"), Noon);

        Assert.Equal(["first", "second"], (await WaitingAsync()).Order());

        await Store.CommitAsync(Facility, Gate, First, 1, Bytes("granted"), null);

        Assert.Equal(["second"], await WaitingAsync());
        Assert.Empty(await Store.WaitingAsync(OtherFacility, OtherGate, Noon - Duration.FromMinutes(1)));
    }

    [Fact]
    public async Task Waiting_ItsTimeIsOver_GivesItNoMore()
    {
        await CommitAsync(First, 0, "first");

        Assert.Single(await Store.WaitingAsync(Facility, Gate, Noon - Duration.FromMilliseconds(1)));
        Assert.Empty(await Store.WaitingAsync(Facility, Gate, Noon));
    }

    [Fact]
    public async Task Unchained_EveryCommit_IsThereInOrderUntilItIsRemoved()
    {
        await CommitAsync(First, 0, "first");
        await CommitAsync(Second, 0, "second");
        await Store.CommitAsync(Facility, Gate, First, 1, Bytes("granted"), null);

        Assert.Equal([(1, "first"), (1, "second")], (await UnchainedAsync()).Take(2));
        Assert.Equal(2, (await Store.UnchainedAsync(Facility, 2)).Count);
        Assert.Empty(await Store.UnchainedAsync(Facility, 0));
        Assert.Empty(await Store.UnchainedAsync(OtherFacility, 10));

        var listed = await Store.UnchainedAsync(Facility, 2);
        await Store.CommitAsync(Facility, Gate, Second, 1, Bytes("granted too"), null);
        await Store.RemoveUnchainedAsync(Facility, listed);
        await Store.RemoveUnchainedAsync(Facility, listed);

        Assert.Equal([(2, "granted"), (2, "granted too")], await UnchainedAsync());
    }

    [Fact]
    public async Task Watch_CommitAtTheFacility_CallsUntilItIsEnded()
    {
        var calls = Channel.CreateUnbounded<CommandId?>();
        var elsewhere = 0;
        using var other = await Store.WatchAsync(OtherFacility, changed => elsewhere += changed is null ? 0 : 1);
        using (await Store.WatchAsync(Facility, changed => calls.Writer.TryWrite(changed)))
        {
            await CommitAsync(First, 0, "first");
            await UntilAsync(First);
        }

        await Store.CommitAsync(Facility, Gate, First, 1, Bytes("granted"), null);
        using var again = await Store.WatchAsync(Facility, changed => calls.Writer.TryWrite(changed));
        await CommitAsync(Second, 0, "second");
        await UntilAsync(Second);

        Assert.Equal(0, elsewhere);

        // A call may come without a change, and what was committed while nobody watched may still be on its way.
        async Task UntilAsync(CommandId wanted)
        {
            while (await calls.Reader.ReadAsync(Cancelled) != wanted)
            {
            }
        }
    }

    [Fact]
    public async Task Restart_KeepsEverything()
    {
        await CommitAsync(First, 0, "first");
        await CommitAsync(Second, 0, "second");
        await Store.CommitAsync(Facility, Gate, First, 1, Bytes("granted"), null);

        await Subject.RestartAsync();

        Assert.Equal((2, "granted"), await LoadAsync(First));
        Assert.Equal(["second"], await WaitingAsync());
        Assert.Equal(3, (await UnchainedAsync()).Count);
    }

    [Fact]
    public async Task Forget_ChangedLongAgo_IsGoneAndStaysUnchained()
    {
        await CommitAsync(First, 0, "first");
        var later = Instant.FromDateTimeOffset(Subject.Time.GetUtcNow()) - Duration.FromSeconds(1);

        await Store.ForgetCommandsAsync(later);

        Assert.Equal((1, "first"), await LoadAsync(First));
        await Store.ForgetCommandsAsync(later + Duration.FromSeconds(1));
        Assert.Equal([(1, "first")], await UnchainedAsync());
    }

    [Fact]
    public async Task EveryMethod_StoreOutOfReach_ThrowsAndWorksAgainWhenItIsBack()
    {
        await CommitAsync(First, 0, "first");
        await Subject.TakeAwayAsync();
        var store = Store;

        foreach (var (name, call) in Methods(store))
        {
            Assert.True(await Record.ExceptionAsync(call) is StoreUnavailableException, name);
        }

        await Subject.BringBackAsync();
        await RecoveredAsync(() => store.LoadAsync(Facility, First));

        foreach (var (name, call) in Methods(store))
        {
            Assert.True(await Record.ExceptionAsync(call) is null, name);
        }
    }

    private static IEnumerable<(string Name, Func<Task> Call)> Methods(ICommandStore store) =>
    [
        ("load", () => store.LoadAsync(Facility, First)),
        ("commit", () => store.CommitAsync(Facility, Gate, Second, 0, Bytes("x"), null)),
        ("waiting", () => store.WaitingAsync(Facility, Gate, Noon)),
        ("unchained", () => store.UnchainedAsync(Facility, 10)),
        ("remove", () => store.RemoveUnchainedAsync(Facility, [new(1, Bytes("x"))])),
    ];

    private Task<bool> CommitAsync(CommandId command, long expected, string content) =>
        Store.CommitAsync(Facility, Gate, command, expected, Bytes(content), Noon);

    private async Task<(long Version, string Content)> LoadAsync(CommandId command)
    {
        var loaded = await Store.LoadAsync(Facility, command);
        return (loaded.Version, Text(loaded.Content));
    }

    private async Task<IReadOnlyList<string>> WaitingAsync() =>
        [.. (await Store.WaitingAsync(Facility, Gate, Noon - Duration.FromMinutes(1))).Select(Text)];

    private async Task<IReadOnlyList<(long Version, string Content)>> UnchainedAsync() =>
        [.. (await Store.UnchainedAsync(Facility, 100)).Select(one => (one.Version, Text(one.Content)))];
}
