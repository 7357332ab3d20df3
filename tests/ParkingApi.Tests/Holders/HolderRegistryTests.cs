using Microsoft.Extensions.Time.Testing;
using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Api.Tests.LiveStore;
using Parking.Codes;
using Parking.Devices;
using Parking.Events;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Api.Tests.Holders;

/// <summary>Taking over entitlements: they are written when they change. If they do not change, nothing is read for a minute.</summary>
public sealed class HolderRegistryTests : IAsyncDisposable
{
    private static readonly HolderId Alice = new(0xa11ce);
    private static readonly Entitlements Resident = Entitlements.Of("resident");

    private readonly FakeTimeProvider _time = new();
    private readonly SqliteUnderTest _subject = new();
    private readonly CountingHolderStore _store;
    private readonly HolderRegistry _registry;

    public HolderRegistryTests()
    {
        _store = new(_subject.Holders);
        _registry = RegistryOn(_store);
    }

    public ValueTask DisposeAsync() => _subject.DisposeAsync();

    [Fact]
    public async Task Holder_OfWhomTheStoreHasLostTheRegistration_IsTheSame()
    {
        await using var elsewhere = new SqliteUnderTest();
        var citizen = new CitizenKey(new string('a', 64));

        var registered = await RegistryOn(elsewhere.Holders).FindOrAddAsync(citizen);

        Assert.Equal(registered, await _registry.HolderOfAsync(citizen));
    }

    [Fact]
    public async Task Holder_ThatIsRegisteredOtherwise_StaysAsItIs()
    {
        var citizen = new CitizenKey(new string('b', 64));
        await _subject.Holders.FindOrAddAsync(citizen, Alice);

        Assert.Equal(Alice, await _registry.HolderOfAsync(citizen));
    }

    [Fact]
    public async Task TakeOver_OfNothingForSomebodyNew_WritesNothing()
    {
        await _registry.TakeOverAsync(Alice, Entitlements.None);

        Assert.Equal((1, 0), (_store.Loads, _store.Saves));
    }

    [Fact]
    public async Task TakeOver_Repeated_ReadsOnceAMinute()
    {
        for (var second = 0; second < 120; second += 30)
        {
            await _registry.TakeOverAsync(Alice, Resident);
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal((2, 1), (_store.Loads, _store.Saves));
        Assert.Equal(Resident, (await _registry.LoadAccountAsync(Alice)).Entitlements);
    }

    [Fact]
    public async Task TakeOver_OfOthers_IsDoneAtOnce()
    {
        await _registry.TakeOverAsync(Alice, Resident);
        await _registry.TakeOverAsync(Alice, Entitlements.None);

        Assert.Equal(Entitlements.None, (await _registry.LoadAccountAsync(Alice)).Entitlements);
        Assert.Equal(2, _store.Saves);
    }

    [Fact]
    public async Task TakeOver_ByAnotherInstanceMeanwhile_IsNoticedAfterAMinute()
    {
        await _registry.TakeOverAsync(Alice, Resident);
        await RegistryOn(_store).TakeOverAsync(Alice, Entitlements.None);
        _time.Advance(StandingCache.Lifetime.ToTimeSpan());

        await _registry.TakeOverAsync(Alice, Resident);

        Assert.Equal(Resident, (await _registry.LoadAccountAsync(Alice)).Entitlements);
    }

    [Fact]
    public async Task TakeOver_ForAnother_IsNotTakenForTheFirst()
    {
        // The same cell of the cache.
        var other = new HolderId(Alice.Value + (1UL << 40));
        await _registry.TakeOverAsync(Alice, Resident);

        await _registry.TakeOverAsync(other, Resident);

        Assert.Equal(Resident, (await _registry.LoadAccountAsync(other)).Entitlements);
    }

    [Fact]
    public async Task TakeOverAndReplacingVehicles_AtOnce_LoseNeither()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(() => n % 2 == 0
            ? _registry.TakeOverAsync(Alice, Entitlements.Of($"e{n}"))
            : _registry.ReplaceVehiclesAsync(Alice, [(Plate.Parse($"A{n}"), VehicleClass.Electric)]))));

        var account = await _registry.LoadAccountAsync(Alice);
        Assert.Single(account.Entitlements.Names);
        Assert.Equal(20, account.All.Count);
        Assert.Single(account.Listed);
    }

    private HolderRegistry RegistryOn(IAccountStore store) =>
        new(
            store, _subject.Live, new DeviceCloser(_subject.Devices, _time.ToClock()), new StandingCache(_time.ToClock()), _time.ToClock());

    private sealed class CountingHolderStore(IAccountStore store) : IAccountStore
    {
        private int _loads;
        private int _saves;

        public int Loads => _loads;

        public int Saves => _saves;

        public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => store.FindOrAddAsync(citizen, proposed);

        public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => store.FindAsync(citizen);

        public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
            store.ReplaceHolderAsync(citizen, expected, replacement);

        public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder)
        {
            Interlocked.Increment(ref _loads);
            return store.LoadAccountAsync(holder);
        }

        public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
        {
            Interlocked.Increment(ref _saves);
            return store.SaveAccountAsync(holder, expectedVersion, content);
        }
    }
}
