using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Accounts;

/// <summary>Maps citizens to holders, and loads and changes their vehicle accounts.</summary>
public sealed partial class HolderRegistry(
    IAccountStore store, ITimelineStore timelines, IHolderDevices devices, StandingCache standings, IClock clock)
{
    private readonly AccountMemory _memory = new();
    private readonly HolderMemory _holders = new();

    /// <summary>
    /// Returns the citizen's holder, and creates it at first use. The id of a citizen's first holder is derived from the citizen's key. So
    /// a store that has lost its last moments creates the same holder again, and what gates report about it finds its owner.
    /// </summary>
    public async Task<HolderId> FindOrAddAsync(CitizenKey citizen) =>
        await SettleAsync(citizen, await store.FindOrAddAsync(citizen, HolderFor(citizen)));

    /// <summary>
    /// Returns the citizen's holder, even if none was created yet. A store that has lost its last moments may not know a holder whose stays
    /// the gates have brought back; the stays still belong to that holder.
    /// </summary>
    public async Task<HolderId> HolderOfAsync(CitizenKey citizen) => await SettleAsync(citizen, await store.FindAsync(citizen));

    /// <summary>
    /// The citizen's holder while the store is away: the one that the store will have. A parked driver needs a code to leave. For a citizen
    /// who had a holder erased, this instance must have met them since.
    /// </summary>
    public HolderId HolderWithoutStore(CitizenKey citizen) => _holders.Find(citizen) ?? HolderFor(citizen);

    public async Task<VehicleAccount> LoadAccountAsync(HolderId holder)
    {
        var now = clock.GetCurrentInstant();
        var account = VehicleAccountDocument.Read((await store.LoadAccountAsync(holder)).Content, now);
        _memory.Note(holder, account, now);
        return account;
    }

    /// <summary>The vehicle account as this instance last saw it, for a time without the store; null if it is not remembered.</summary>
    /// <param name="holder">Whose account it is.</param>
    /// <param name="since">When it was last seen at the earliest.</param>
    public VehicleAccount? RememberAccount(HolderId holder, Instant since = default) => _memory.Find(holder, since);

    /// <summary>Lists exactly these vehicles, whatever else changes in the vehicle account meanwhile.</summary>
    /// <inheritdoc cref="VehicleAccount.Replace" path="/param"/>
    /// <returns>
    /// The vehicle account as stored; null if it would have too many plates over time (see <see cref="VehicleAccount.Replace"/>).
    /// </returns>
    public Task<VehicleAccount?> ReplaceVehiclesAsync(
        HolderId holder,
        IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed,
        IReadOnlyDictionary<Plate, Plate>? corrections = null) =>
        ChangeAsync(holder, (account, now) => account.Replace(listed, now, corrections));

    /// <summary>
    /// Stores what the citizen's token says they are entitled to, so that it is known where there is no token: at a gate. Writes only if
    /// something changed, and reads only if nothing was read within the last minute.
    /// </summary>
    public async Task TakeOverAsync(HolderId holder, Entitlements entitlements)
    {
        if (!standings.Has(holder, entitlements))
        {
            await ChangeAsync(holder, (account, _) => account.Entitlements == entitlements ? account : account.With(entitlements));
            standings.Note(holder, entitlements);
        }
    }

    /// <summary>Changes a vehicle account in one step, and drops from it what is not needed any more.</summary>
    /// <param name="holder">Whose account it is.</param>
    /// <param name="change">
    /// Makes the account that is to be from the one that is stored and the current time. Called again if another writer was faster. If it
    /// returns the same account, or null, nothing is written. Not called for an account that was erased meanwhile.
    /// </param>
    /// <returns>The vehicle account as stored afterwards; null if <paramref name="change"/> returned null.</returns>
    public async Task<VehicleAccount?> ChangeAsync(HolderId holder, Func<VehicleAccount, Instant, VehicleAccount?> change)
    {
        // After a lost race, load again. Each lost race means that another writer succeeded, so the loop ends.
        while (true)
        {
            var now = clock.GetCurrentInstant().ToMilliseconds();
            var stored = await store.LoadAccountAsync(holder);
            var before = VehicleAccountDocument.Read(stored.Content, now);
            var after = before.IsErased ? before : change(before, now);
            var isChanged = after is not null && after != before;
            if (isChanged)
            {
                after = await TidyAsync(holder, after!, now);
            }

            if (!isChanged || await store.SaveAccountAsync(holder, stored.Version, VehicleAccountDocument.Write(after!)))
            {
                _memory.Note(holder, after ?? before, isChanged ? clock.GetCurrentInstant() : now);
                return after;
            }
        }
    }

    /// <summary>
    /// Changes the account of somebody else than the caller, unless it is damaged: that must not keep the caller from ending a share or
    /// from being erased.
    /// </summary>
    internal async Task TryChangeAsync(HolderId other, Func<VehicleAccount, VehicleAccount> change)
    {
        try
        {
            await ChangeAsync(other, (account, _) => change(account));
        }
        catch (InvalidDataException)
        {
            // Whoever reads that account reports it.
        }
    }

    private static HolderId HolderFor(CitizenKey citizen) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"holder {citizen.Hex}"))));

    /// <summary>Finishes an erasure that was cut short.</summary>
    private async Task<HolderId> SettleAsync(CitizenKey citizen, CitizenHolder? found)
    {
        while (found is { Next: not null } erasing)
        {
            await FinishErasureAsync(citizen, erasing);
            found = await store.FindAsync(citizen);
        }

        var holder = found?.Holder ?? HolderFor(citizen);
        if (RememberAccount(holder) is { IsErased: true })
        {
            // The store has lost who took the place of the erased holder, who opens no entry any more. Or an erasure has just ended.
            await EraseAsync(citizen, only: holder);
            holder = (await store.FindAsync(citizen))?.Holder ?? holder;
        }

        Remember(citizen, holder);
        return holder;
    }

    private void Remember(CitizenKey citizen, HolderId holder)
    {
        if (holder != HolderFor(citizen) || _holders.Find(citizen) is not null)
        {
            _holders.Note(citizen, holder);
        }
    }

    private async Task<VehicleAccount> TidyAsync(HolderId holder, VehicleAccount account, Instant now)
    {
        if (!account.HasOldPlates(now))
        {
            return account.WithoutWhatIsOld(now, []);
        }

        try
        {
            // Superseded and withdrawn stays, too: the holder can still look at them.
            var timeline = RecentTimelines.Decode((await timelines.LoadAsync(holder)).Content).Trim(now);
            return account.WithoutWhatIsOld(now, StayHistory.Of(timeline).Select(record => record.Stay));
        }
        catch (InvalidDataException)
        {
            // Nobody knows which plates its stays name, so all are kept. Whoever reads stays reports the timeline.
            return account;
        }
    }
}
