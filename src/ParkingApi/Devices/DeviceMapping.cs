using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Parking.Codes;
using Parking.Contracts;
using Parking.Devices;

namespace Parking.Api.Devices;

/// <summary>Maps devices to contracts and back.</summary>
internal static class DeviceMapping
{
    /// <param name="device">A device that the holder has linked.</param>
    /// <param name="holder">The holder.</param>
    /// <param name="ids">Names devices.</param>
    public static LinkedDevice ToContract(this Device device, HolderId holder, DeviceIds ids) => new()
    {
        Id = ids.IdOf(holder, device).ToString(),
        Name = device.Link!.Name,
        LinkedAt = device.Link.LinkedAt,
        UsedAt = device.Link.UsedAt,
        RenewableUntil = device.Link.RenewableUntil,
        RetiredAt = device.Ended?.At,
    };

    /// <summary>Reads a key. False if its coordinates are no point of the curve, or not of 32 bytes.</summary>
    public static bool TryRead(this DeviceKey key, [NotNullWhen(true)] out VerificationKey? read)
    {
        read = null;
        if (!Base64Url.IsValid(key.X) || !Base64Url.IsValid(key.Y))
        {
            return false;
        }

        try
        {
            read = new(Base64Url.DecodeFromChars(key.X), Base64Url.DecodeFromChars(key.Y));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
