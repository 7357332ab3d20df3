using Parking.Codes;

namespace Parking.Accounts;

/// <summary>The devices of holders, as far as erasing a holder must know of them.</summary>
public interface IHolderDevices
{
    /// <summary>Whether anything is kept of a holder's devices.</summary>
    Task<bool> AreKeptAsync(HolderId holder);

    /// <summary>
    /// Ends all devices of a holder for good, and puts what they were given on the list of revoked certificates. Safe to repeat. Devices
    /// that cannot be read end all the same.
    /// </summary>
    Task CloseAsync(HolderId holder);
}
