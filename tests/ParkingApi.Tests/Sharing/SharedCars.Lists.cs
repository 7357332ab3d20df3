using System.Collections.Immutable;
using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Codes;
using Parking.Devices;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Api.Tests.Sharing;

/// <summary>A member's own list beside what others share, and shares of an owner whose account is damaged.</summary>
public abstract partial class SharedCars
{
    private static readonly ImmutableDictionary<Plate, Plate> NoCorrections = ImmutableDictionary<Plate, Plate>.Empty;

    [Fact]
    public async Task AList_WithThePlateOfASharedCar_ChangesNothing_AndNamesTheShare()
    {
        var share = await ShareAsync();
        await ListAsync(Member, "沪B1");

        var result = await Sharing().ReplaceVehiclesAsync(Member, [(Car, VehicleClass.Car)], NoCorrections);

        Assert.Null(result.Account);
        Assert.Equal(share, Assert.Single(result.Shared).Member.Share);
        Assert.Equal(["沪B1"], await ListedAsync(Member));
    }

    /// <summary>One plate cannot stand for two vehicles, whatever the member does on two phones at once.</summary>
    [Fact]
    public async Task APlate_WhoseCarIsAcceptedWhileItIsListed_IsNotListed()
    {
        await ListOwnersCarAsync();
        var (invitation, share) = await InviteAsync();
        var accounts = new InterruptedAccounts(Subject.Holders, () => Sharing().AcceptAsync(Member, invitation));

        var result = await SharingOn(accounts).ReplaceVehiclesAsync(Member, [(Car, VehicleClass.Car)], NoCorrections);

        Assert.Equal(share, Assert.Single(result.Shared).Member.Share);
        Assert.Empty(await ListedAsync(Member));
        Assert.Single(await Sharing().ListAsync(Member));
    }

    [Fact]
    public async Task Leaving_ACarWhoseOwnersAccountIsDamaged_EndsItForTheMember()
    {
        var share = await ShareAsync();
        var stored = await Subject.Holders.LoadAccountAsync(Owner);
        await Subject.Holders.SaveAccountAsync(Owner, stored.Version, "{\"v\":2,\"slots\":1}"u8.ToArray());

        await Sharing().LeaveAsync(Member, share);

        Assert.Empty((await World.Holders.LoadAccountAsync(Member)).Shared);
    }

    private async Task<IEnumerable<string?>> ListedAsync(HolderId holder) =>
        (await World.Holders.LoadAccountAsync(holder)).Listed.Select(vehicle => vehicle.Plate?.Value);

    private VehicleSharing SharingOn(IAccountStore accounts)
    {
        var clock = World.Time.ToClock();
        var holders = new HolderRegistry(
            accounts, Subject.Live, new DeviceCloser(Subject.Devices, clock), new StandingCache(clock), clock);
        return new(holders, Subject.Live, new Invitations(new byte[32]), clock);
    }

    /// <summary>Accounts at whose first write something else happens before.</summary>
    private sealed class InterruptedAccounts(IAccountStore store, Func<Task> interrupt) : IAccountStore
    {
        private Func<Task>? _interrupt = interrupt;

        public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => store.FindOrAddAsync(citizen, proposed);

        public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => store.FindAsync(citizen);

        public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
            store.ReplaceHolderAsync(citizen, expected, replacement);

        public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => store.LoadAccountAsync(holder);

        public async Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
        {
            var interrupt = _interrupt;
            _interrupt = null;
            await (interrupt?.Invoke() ?? Task.CompletedTask);
            return await store.SaveAccountAsync(holder, expectedVersion, content);
        }
    }
}
