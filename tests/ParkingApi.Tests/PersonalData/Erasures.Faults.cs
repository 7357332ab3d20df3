using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Holders;
using Parking.Codes;
using Parking.Devices;
using Parking.Ports;

namespace Parking.Api.Tests.PersonalData;

/// <summary>What dies, is away, is lost or comes late while somebody is erased.</summary>
public abstract partial class Erasures
{
    /// <summary>As many writes as the erasure of <see cref="Alice"/> makes to accounts if she shares and is shared with.</summary>
    private const int Writes = 5;

    public static TheoryData<int, bool> Crashes { get; } =
        [.. Enumerable.Range(0, Writes).SelectMany(write => new TheoryDataRow<int, bool>[] { new(write, false), new(write, true) })];

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task CutShort_AndRepeated_IsComplete(int write, bool isWritten)
    {
        var before = await AliceAsync();
        await ParkAsync(before);
        await Assert.ThrowsAsync<CrashException>(() => RegistryOn(write, isWritten).EraseAsync(Alice));

        await World.Holders.EraseAsync(Alice);

        await AssertErasedAsync(before);
        Assert.NotEqual(before, await World.Holders.HolderOfAsync(Alice));
    }

    /// <summary>An erasure that has begun ends with the citizen's next call, whatever that is.</summary>
    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task CutShort_AndNotRepeated_IsCompletedByTheNextCall(int write, bool isWritten)
    {
        var before = await AliceAsync();
        await Assert.ThrowsAsync<CrashException>(() => RegistryOn(write, isWritten).EraseAsync(Alice));

        var after = write % 2 == 0 ? await World.Holders.HolderOfAsync(Alice) : await World.Holders.FindOrAddAsync(Alice);

        var hasBegun = write > 0 || isWritten;
        Assert.Equal(hasBegun, after != before);
        if (hasBegun)
        {
            await AssertErasedAsync(before);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CutShortAtTheTimeline_IsCompletedByTheNextCall(bool isWritten)
    {
        var before = await AliceAsync();
        var store = new CrashingStore(Subject.Live);
        store.CrashAt(0, isWritten);
        await Assert.ThrowsAsync<CrashException>(() => RegistryOn(Subject.Holders, store).EraseAsync(Alice));

        var after = await World.Holders.FindOrAddAsync(Alice);

        Assert.NotEqual(before, after);
        await AssertErasedAsync(before);
    }

    [Fact]
    public async Task ErasedAtOnceByMany_IsOneErasure()
    {
        for (var round = 0; round < Depth.Rounds; round++)
        {
            var citizen = new CitizenKey($"{round:x64}");
            var before = await World.Holders.FindOrAddAsync(citizen);
            await ListAsync(before, PlateOfAlice);

            var outcomes = await AtOnceAsync(4, _ => RegistryOn(Subject.Holders, Subject.Live).EraseAsync(citizen));

            Assert.Contains(ErasureOutcome.Erased, outcomes);
            Assert.DoesNotContain(ErasureOutcome.IsParked, outcomes);
            await AssertErasedAsync(before);
            Assert.Equal(ErasureOutcome.NothingKept, await World.Holders.EraseAsync(citizen));
        }
    }

    /// <summary>Somebody who was erased must not get codes of the erased holder because the store is away.</summary>
    [Fact]
    public async Task WithoutTheStore_TheCitizenIsWhoTheyAreNow()
    {
        var before = await AliceAsync();
        Assert.Equal(before, World.Holders.HolderWithoutStore(Alice));

        await World.Holders.EraseAsync(Alice);
        var after = await World.Holders.HolderOfAsync(Alice);

        Assert.Equal(after, World.Holders.HolderWithoutStore(Alice));
        Assert.Null(World.Holders.RememberAccount(before)?.Find(Plate.Parse(PlateOfAlice)));
        var other = RegistryOn(Subject.Holders, Subject.Live);
        Assert.Equal(before, other.HolderWithoutStore(Alice));
        await other.HolderOfAsync(Alice);
        Assert.Equal(after, other.HolderWithoutStore(Alice));
    }

    /// <summary>The store loses who took the erased holder's place, and keeps the rest: the erased holder opens no entry.</summary>
    [Fact]
    public async Task WhenTheStoreLosesTheEndOfTheErasure_TheNextCallsMakeItAgain()
    {
        var before = await AliceAsync();
        await World.Holders.EraseAsync(Alice);
        var lost = (await Subject.Holders.FindAsync(Alice))!.Value;
        Assert.True(await Subject.Holders.ReplaceHolderAsync(Alice, lost, new(before)));

        var instance = RegistryOn(Subject.Holders, Subject.Live);
        await instance.LoadAccountAsync(await instance.FindOrAddAsync(Alice));
        var after = await instance.FindOrAddAsync(Alice);

        Assert.NotEqual(before, after);
        Assert.Equal(after, (await Subject.Holders.FindAsync(Alice))!.Value.Holder);
    }

    /// <summary>A call read who the citizen is, and goes on after the erasure, when the citizen has put something in again.</summary>
    [Fact]
    public async Task ACallThatFoundTheErasedHolder_LeavesTheNewOneAlone()
    {
        var before = await AliceAsync();
        await World.Holders.EraseAsync(Alice);
        var after = await World.Holders.FindOrAddAsync(Alice);
        await ListAsync(after, PlateOfAlice);
        var instance = RegistryOn(new LateAccounts(Subject.Holders, new(before)), Subject.Live);
        await instance.LoadAccountAsync(before);

        Assert.Equal(after, await instance.FindOrAddAsync(Alice));

        Assert.NotNull((await World.Holders.LoadAccountAsync(after)).Find(Plate.Parse(PlateOfAlice)));
    }

    /// <summary>An instance of the service that dies at a write to the accounts.</summary>
    private HolderRegistry RegistryOn(int crashAtWrite, bool isWritten) =>
        RegistryOn(new CrashingAccounts(Subject.Holders, crashAtWrite, isWritten), Subject.Live);

    private HolderRegistry RegistryOn(IAccountStore accounts, ITimelineStore timelines)
    {
        var clock = World.Time.ToClock();
        return new(accounts, timelines, new DeviceCloser(Subject.Devices, clock), new StandingCache(clock), clock);
    }

    /// <summary>Accounts of which the first answer is late: it tells who the citizen was before.</summary>
    private sealed class LateAccounts(IAccountStore store, CitizenHolder before) : IAccountStore
    {
        private bool _isAnswered;

        public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed)
        {
            var isFirst = !_isAnswered;
            _isAnswered = true;
            return isFirst ? Task.FromResult(before) : store.FindOrAddAsync(citizen, proposed);
        }

        public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => store.FindAsync(citizen);

        public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
            store.ReplaceHolderAsync(citizen, expected, replacement);

        public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => store.LoadAccountAsync(holder);

        public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
            store.SaveAccountAsync(holder, expectedVersion, content);
    }
}
