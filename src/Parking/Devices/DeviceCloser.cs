using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>
/// Ends all devices of a holder who is erased. Shared vehicles of others are not looked at: the shares end, too, and
/// <see cref="DeviceRegistry.EndGuestsAsync(HolderId)"/> ends what was given for them.
/// </summary>
public sealed class DeviceCloser(IDeviceStore store, IClock clock) : IHolderDevices
{
    public async Task<bool> AreKeptAsync(HolderId holder) => (await store.LoadAsync(holder)).Version > 0;

    public async Task CloseAsync(HolderId holder)
    {
        while (true)
        {
            var stored = await store.LoadAsync(holder);
            var book = ReadOrEmpty(stored.Content);
            var oldest = clock.GetCurrentInstant() - IDeviceStore.RevokedRetention;
            await store.RevokeAsync([.. book.All.SelectMany(device => device.Issued)], oldest);
            if (book.IsClosed || await store.SaveAsync(holder, stored.Version, DeviceBookDocument.Write(DeviceBook.Closed)))
            {
                return;
            }
        }
    }

    private static DeviceBook ReadOrEmpty(ReadOnlyMemory<byte> content)
    {
        try
        {
            return DeviceBookDocument.Read(content);
        }
        catch (InvalidDataException)
        {
            return DeviceBook.Empty;
        }
    }
}
