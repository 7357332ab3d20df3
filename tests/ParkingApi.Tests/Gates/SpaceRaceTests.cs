using System.Reflection;
using Parking.Api.Tests.Holders;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// Spaces, when a timeline changes between the step that commits an event and the step that carries it over to the spaces.
/// </summary>
public class SpaceRaceTests
{
    private static readonly HolderId Driver = new(0xd21);

    [Fact]
    public async Task ExitAndSweep_BetweenALateEntryAndItsSpace_LeaveNoGhost()
    {
        var store = SlowStore.Create(new LiveStoreModel());
        var world = new GateWorld(store, new AccountStoreModel());
        var entry = world.Shown("small-in-0", world.Mint(Driver)) with { Local = ScanReason.OpenedOffline };
        world.Time.Advance(TimeSpan.FromMinutes(65));
        var exit = world.Shown("small-out-0", world.Mint(Driver)) with { Local = ScanReason.OpenedOffline };
        SlowStore.BeforeRestore(store, async () =>
        {
            await world.AnswerAsync("small-out-0", exit);
            await world.Sweep.SweepAsync(TestContext.Current.CancellationToken);
        });

        await world.AnswerAsync("small-in-0", entry);

        await world.AssertSpacesAreTheOpenStaysAsync();
        Assert.Equal(0, await world.OccupancyAsync("small"));
    }

    /// <summary>A store that lets something else happen, once, before it takes a space.</summary>
    public class SlowStore : DispatchProxy
    {
        private ILiveStore? _store;
        private Func<Task>? _meanwhile;

        internal static ILiveStore Create(ILiveStore store)
        {
            var proxy = Create<ILiveStore, SlowStore>();
            ((SlowStore)(object)proxy)._store = store;
            return proxy;
        }

        internal static void BeforeRestore(ILiveStore store, Func<Task> meanwhile) => ((SlowStore)(object)store)._meanwhile = meanwhile;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ILiveStore.RestoreAsync) && Interlocked.Exchange(ref _meanwhile, null) is { } meanwhile
                ? LaterAsync(meanwhile, () => (Task<int>)targetMethod.Invoke(_store, args)!)
                : targetMethod.Invoke(_store, args);

        private static async Task<int> LaterAsync(Func<Task> meanwhile, Func<Task<int>> restore)
        {
            await meanwhile();
            return await restore();
        }
    }
}
