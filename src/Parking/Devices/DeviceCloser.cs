using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Ports;

namespace Parking.Devices;

/// <summary>
/// Ends all devices of a holder who is erased, also where they were given certificates for vehicles of others: those who were let in with
/// one are let out.
/// </summary>
public sealed class DeviceCloser(IDeviceStore store, IClock clock) : IHolderDevices
{
    private readonly DeviceBooks _books = new(store, clock);

    public async Task<bool> AreKeptAsync(HolderId holder) => (await store.LoadAsync(holder)).Version > 0;

    public async Task CloseAsync(HolderId holder)
    {
        while (true)
        {
            var stored = await store.LoadAsync(holder);
            var book = ReadOrEmpty(stored.Content);
            await _books.RevokeAsync(book.All, DeviceEndReason.Removed);

            // Before the book is closed: only the book names the places.
            foreach (var device in book.All)
            {
                await _books.EndElsewhereAsync(holder, device, DeviceEndReason.ShareEnded);
            }

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
