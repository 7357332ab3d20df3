using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>Maps citizens to holders, and loads and changes their vehicle accounts.</summary>
public sealed class HolderRegistry(IAccountStore store, StandingCache standings)
{
    private readonly AccountMemory _memory = new();

    /// <summary>
    /// Returns the citizen's holder, and creates it at first use. The holder id is derived from the citizen's key. So a store that has lost
    /// its last moments creates the same holder again, and what gates report about it finds its owner.
    /// </summary>
    public Task<HolderId> FindOrAddAsync(CitizenKey citizen) => store.FindOrAddAsync(citizen, HolderFor(citizen));

    /// <summary>
    /// Returns the citizen's holder, even if none was created yet. A store that has lost its last moments may not know a holder whose stays
    /// the gates have brought back; the stays still belong to that holder.
    /// </summary>
    public async Task<HolderId> HolderOfAsync(CitizenKey citizen) => await store.FindAsync(citizen) ?? HolderFor(citizen);

    /// <summary>
    /// The citizen's holder while the store is away: the one that the store will have. A parked driver needs a code to leave.
    /// </summary>
    public static HolderId HolderWithoutStore(CitizenKey citizen) => HolderFor(citizen);

    public async Task<VehicleAccount> LoadAccountAsync(HolderId holder)
    {
        var account = VehicleAccountDocument.Read((await store.LoadAccountAsync(holder)).Content);
        _memory.Note(holder, account);
        return account;
    }

    /// <summary>The vehicle account as this instance last saw it, for a time without the store; null if it is not remembered.</summary>
    public VehicleAccount? RememberAccount(HolderId holder) => _memory.Find(holder);

    /// <summary>Lists exactly these vehicles, whatever else changes in the vehicle account meanwhile.</summary>
    /// <returns>
    /// The vehicle account as stored; null if it would have too many plates over time (see <see cref="VehicleAccount.Replace"/>).
    /// </returns>
    public Task<VehicleAccount?> ReplaceVehiclesAsync(
        HolderId holder, IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed, PlateCorrections? corrections = null) =>
        ChangeAsync(holder, account => account.Replace(listed, corrections));

    /// <summary>
    /// Stores what the citizen's token says they are entitled to, so that it is known where there is no token: at a gate. Writes only if
    /// something changed, and reads only if nothing was read within the last minute.
    /// </summary>
    public async Task TakeOverAsync(HolderId holder, Entitlements entitlements)
    {
        if (!standings.Has(holder, entitlements))
        {
            await ChangeAsync(holder, account => account.Entitlements == entitlements ? account : account.With(entitlements));
            standings.Note(holder, entitlements);
        }
    }

    private static HolderId HolderFor(CitizenKey citizen) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"holder {citizen.Hex}"))));

    /// <returns>The vehicle account as stored afterwards; null if <paramref name="change"/> returned null.</returns>
    private async Task<VehicleAccount?> ChangeAsync(HolderId holder, Func<VehicleAccount, VehicleAccount?> change)
    {
        // After a lost race, load again. Each lost race means that another writer succeeded, so the loop ends.
        while (true)
        {
            var stored = await store.LoadAccountAsync(holder);
            var before = VehicleAccountDocument.Read(stored.Content);
            var after = change(before);
            if (after is null || after == before
                || await store.SaveAccountAsync(holder, stored.Version, VehicleAccountDocument.Write(after)))
            {
                _memory.Note(holder, after ?? before);
                return after;
            }
        }
    }
}
