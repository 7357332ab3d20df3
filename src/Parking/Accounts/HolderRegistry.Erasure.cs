using System.Buffers.Binary;
using System.Security.Cryptography;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;
using Parking.Timelines;

namespace Parking.Accounts;

/// <summary>
/// Erases what is kept of a citizen: the vehicle account goes, and closed stays stay in the timeline of a holder that is nobody's any more.
/// </summary>
/// <remarks>
/// An erasure first notes, with the citizen, who takes the holder's place. Whoever finds that note goes on with the erasure, so it ends
/// whatever dies, and two that run at once do the same. Then the timeline becomes nobody's, in one step with the look whether a stay is
/// open. Then devices and shares end, the account goes, and the new holder takes the old one's place. The new one is random: no key leads
/// from it to the old one.
/// </remarks>
public sealed partial class HolderRegistry
{
    /// <summary>Erases the citizen's holder. Erasing again erases what came since, or nothing.</summary>
    public Task<ErasureOutcome> EraseAsync(CitizenKey citizen) => EraseAsync(citizen, only: null);

    private static HolderId RandomHolder() => new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    /// <param name="citizen">The citizen.</param>
    /// <param name="only">Whoever else the citizen is by now, is not erased; null: whoever the citizen is.</param>
    private async Task<ErasureOutcome> EraseAsync(CitizenKey citizen, HolderId? only)
    {
        while (true)
        {
            var found = await store.FindAsync(citizen) ?? new CitizenHolder(HolderFor(citizen));
            if (only is { } expected && found.Holder != expected)
            {
                return ErasureOutcome.NothingKept;
            }

            if (found.Next is null)
            {
                if (await LookAsync(found.Holder) is not ErasureOutcome.Erased and var other)
                {
                    return other;
                }

                // The store may have lost the citizen, but not what gates have brought back.
                found = await store.FindOrAddAsync(citizen, found.Holder);
                var noted = found with { Next = RandomHolder() };
                if (found.Next is not null || !await store.ReplaceHolderAsync(citizen, found, noted))
                {
                    continue;
                }

                found = noted;
            }

            if (!await FinishErasureAsync(citizen, found))
            {
                return ErasureOutcome.IsParked;
            }

            if (await store.FindAsync(citizen) is { } now && now.Holder != found.Holder)
            {
                Remember(citizen, now.Holder);
                return ErasureOutcome.Erased;
            }
        }
    }

    /// <summary>What an erasure of this holder would come to, as things are.</summary>
    private async Task<ErasureOutcome> LookAsync(HolderId holder)
    {
        var stored = await timelines.LoadAsync(holder);
        return RecentTimelines.Decode(stored.Content) is { ErasedAt: null } timeline && timeline.Stays.Any(stay => stay.IsOpen)
            ? ErasureOutcome.IsParked
            : stored.Version == 0 && (await store.LoadAccountAsync(holder)).Version == 0 && !await devices.AreKeptAsync(holder)
                ? ErasureOutcome.NothingKept
            : ErasureOutcome.Erased;
    }

    /// <returns>False if a stay is open: then the citizen keeps the holder.</returns>
    private async Task<bool> FinishErasureAsync(CitizenKey citizen, CitizenHolder erasing)
    {
        if (!await EraseTimelineAsync(erasing.Holder))
        {
            await store.ReplaceHolderAsync(citizen, erasing, new(erasing.Holder));
            return false;
        }

        await devices.CloseAsync(erasing.Holder);
        await EraseAccountAsync(erasing.Holder);
        await store.ReplaceHolderAsync(citizen, erasing, new(erasing.Next!.Value));
        return true;
    }

    /// <summary>Makes a timeline nobody's, unless a stay is open.</summary>
    private async Task<bool> EraseTimelineAsync(HolderId holder)
    {
        while (true)
        {
            var now = clock.GetCurrentInstant().ToMilliseconds();
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.ErasedAt is not null)
            {
                return true;
            }

            if (timeline.Stays.Any(stay => stay.IsOpen))
            {
                return false;
            }

            if (await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(timeline.Erase(now).Trim(now))))
            {
                return true;
            }
        }
    }

    private async Task EraseAccountAsync(HolderId holder)
    {
        while (true)
        {
            var stored = await store.LoadAccountAsync(holder);
            var account = ReadOrEmpty(stored.Content);
            if (!account.IsErased)
            {
                await EndSharesAsync(holder, account);
            }

            if (account.IsErased
                || await store.SaveAccountAsync(holder, stored.Version, VehicleAccountDocument.Write(VehicleAccount.Erased)))
            {
                _memory.Note(holder, VehicleAccount.Erased, clock.GetCurrentInstant());
                standings.Note(holder, Entitlements.None);
                return;
            }
        }
    }

    /// <summary>Ends shares in both directions: what other accounts say of this holder goes, too.</summary>
    private async Task EndSharesAsync(HolderId holder, VehicleAccount account)
    {
        foreach (var pointer in account.Shared)
        {
            await TryChangeAsync(pointer.Owner, owner => owner.WithoutShare(pointer.Share, holder));
        }

        foreach (var share in account.All.SelectMany(vehicle => vehicle.Members))
        {
            await TryChangeAsync(share.Holder, member => member.WithoutShared([share.Share]));
        }
    }

    /// <summary>An account that cannot be read is erased all the same.</summary>
    private VehicleAccount ReadOrEmpty(ReadOnlyMemory<byte> content)
    {
        try
        {
            return VehicleAccountDocument.Read(content, clock.GetCurrentInstant());
        }
        catch (InvalidDataException)
        {
            return VehicleAccount.Empty;
        }
    }
}

/// <summary>What came of an erasure.</summary>
public enum ErasureOutcome
{
    /// <summary>What was kept of the citizen is erased.</summary>
    Erased,

    /// <summary>Nothing is kept of the citizen.</summary>
    NothingKept,

    /// <summary>A stay of the citizen is open, so nothing was erased: whoever is parked needs their holder to leave.</summary>
    IsParked,
}
