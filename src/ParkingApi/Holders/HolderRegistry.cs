using System.Buffers.Binary;
using System.Security.Cryptography;
using Parking.Codes;
using Parking.Tariffs;

namespace Parking.Api.Holders;

/// <summary>Citizens as holders, and their garages.</summary>
internal sealed class HolderRegistry(IHolderStore store)
{
    /// <summary>The citizen's holder, made if this is the first time they need one.</summary>
    public Task<HolderId> FindOrAddAsync(CitizenKey citizen) =>
        store.FindOrAddAsync(citizen, new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)))));

    /// <summary>The citizen's holder; null if they never needed one.</summary>
    public Task<HolderId?> FindAsync(CitizenKey citizen) => store.FindAsync(citizen);

    public async Task<Garage> LoadGarageAsync(HolderId holder) => GarageDocument.Read((await store.LoadGarageAsync(holder)).Content);

    /// <summary>Lists exactly these vehicles, whatever else happens to the garage meanwhile.</summary>
    /// <returns>The garage as stored; null if there were too many plates over time (see <see cref="Garage.Replace"/>).</returns>
    public async Task<Garage?> ReplaceVehiclesAsync(HolderId holder, IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed)
    {
        // Whoever loses a race loads again; someone has won each time, so this ends.
        while (true)
        {
            var stored = await store.LoadGarageAsync(holder);
            if (GarageDocument.Read(stored.Content).Replace(listed) is not { } replaced)
            {
                return null;
            }

            if (await store.SaveGarageAsync(holder, stored.Version, GarageDocument.Write(replaced)))
            {
                return replaced;
            }
        }
    }
}
