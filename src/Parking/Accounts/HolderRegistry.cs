using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>Citizens as holders, and their garages.</summary>
public sealed class HolderRegistry(IAccountStore store, StandingCache standings)
{
    /// <summary>
    /// The citizen's holder, made if this is the first time they need one: from the citizen's key, so that a store that has lost its last moments
    /// makes the same again, and what gates report of it finds its owner.
    /// </summary>
    public Task<HolderId> FindOrAddAsync(CitizenKey citizen) => store.FindOrAddAsync(citizen, HolderFor(citizen));

    /// <summary>
    /// The citizen's holder, whether they have needed one or not. A store that has lost its last moments may not know of one whose stays the gates have brought
    /// back: they are theirs all the same.
    /// </summary>
    public async Task<HolderId> HolderOfAsync(CitizenKey citizen) => await store.FindAsync(citizen) ?? HolderFor(citizen);

    public async Task<VehicleAccount> LoadAccountAsync(HolderId holder) => VehicleAccountDocument.Read((await store.LoadAccountAsync(holder)).Content);

    /// <summary>Lists exactly these vehicles, whatever else happens to the garage meanwhile.</summary>
    /// <returns>The garage as stored; null if there were too many plates over time (see <see cref="VehicleAccount.Replace"/>).</returns>
    public Task<VehicleAccount?> ReplaceVehiclesAsync(HolderId holder, IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed) =>
        ChangeAsync(holder, account => account.Replace(listed));

    /// <summary>
    /// Takes over what the citizen's token says they are entitled to, so that it is known where no token is: at a gate. Writes only what has changed, and
    /// reads only what was not read within the last minute.
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

    /// <returns>The garage as stored by then; null if <paramref name="change"/> gave none.</returns>
    private async Task<VehicleAccount?> ChangeAsync(HolderId holder, Func<VehicleAccount, VehicleAccount?> change)
    {
        // Whoever loses a race loads again; someone has won each time, so this ends.
        while (true)
        {
            var stored = await store.LoadAccountAsync(holder);
            var before = VehicleAccountDocument.Read(stored.Content);
            var after = change(before);
            if (after is null || after == before || await store.SaveAccountAsync(holder, stored.Version, VehicleAccountDocument.Write(after)))
            {
                return after;
            }
        }
    }
}
