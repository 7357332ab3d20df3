using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>Changes the books of devices, and ends devices in them.</summary>
internal sealed class DeviceBooks(IDeviceStore store, IClock clock)
{
    /// <summary>The devices of a holder.</summary>
    /// <exception cref="InvalidDataException">What is stored is damaged.</exception>
    public async Task<DeviceBook> LoadAsync(HolderId holder) => DeviceBookDocument.Read((await store.LoadAsync(holder)).Content);

    /// <inheritdoc cref="HolderRegistry.ChangeAsync" path="/summary"/>
    /// <returns>The book afterwards; null if <paramref name="change"/> returned null, or the book is closed.</returns>
    public async Task<DeviceBook?> ChangeAsync(HolderId holder, Func<DeviceBook, Instant, DeviceBook?> change)
    {
        // As with accounts: each lost race means that another writer succeeded, so the loop ends.
        while (true)
        {
            var now = clock.GetCurrentInstant().ToMilliseconds();
            var stored = await store.LoadAsync(holder);
            var before = DeviceBookDocument.Read(stored.Content);
            var after = before.IsClosed ? null : change(before, now);
            if (after is null || after == before
                || await store.SaveAsync(holder, stored.Version, DeviceBookDocument.Write(after.WithoutWhatIsOld(now))))
            {
                return after;
            }
        }
    }

    /// <summary>Ends the devices that are meant, here and where they are guests.</summary>
    public async Task EndAsync(HolderId holder, Func<Device, bool> isMeant, DeviceEndReason reason)
    {
        await RevokeAsync((await LoadAsync(holder)).All.Where(isMeant), reason);
        var after = await ChangeAsync(holder, (book, now) =>
            book.All.Where(isMeant).Aggregate(book, (left, device) => left.End(device.Number, reason, now)));
        var ended = after?.All.Where(isMeant).ToList() ?? [];
        await RevokeAsync(ended, reason);
        foreach (var device in ended)
        {
            await EndElsewhereAsync(holder, device, reason);
        }
    }

    /// <summary>Ends what a device is for others. A place that has another device by now, or cannot be read, is passed over.</summary>
    public async Task EndElsewhereAsync(HolderId member, Device device, DeviceEndReason reason)
    {
        foreach (var (owner, number) in device.Link?.Elsewhere ?? [])
        {
            try
            {
                await EndAsync(
                    owner,
                    other => other.Number == number && other.Guest is { } guest && (guest.Member, guest.Number) == (member, device.Number),
                    reason);
            }
            catch (InvalidDataException)
            {
                // Whoever reads that book reports it. At an entry with a network its devices are refused.
            }
        }
    }

    /// <summary>Puts what devices were given on the list of revoked certificates, unless they were only retired.</summary>
    public async Task RevokeAsync(IEnumerable<Device> devices, DeviceEndReason reason)
    {
        var issued = devices.SelectMany(device => device.Issued).ToList();
        if (issued.Count > 0 && reason != DeviceEndReason.Retired)
        {
            await store.RevokeAsync(issued, clock.GetCurrentInstant() - IDeviceStore.RevokedRetention);
        }
    }
}
