using Parking.Codes;

namespace Parking.Ports;

/// <summary>Maps citizens to holders, and keeps the vehicle accounts of holders. Kept in the same store as the live stays.</summary>
/// <remarks>
/// The rules of <see cref="ILiveStore"/> hold: every method is atomic and repeatable, and throws <see cref="StoreUnavailableException"/> if
/// the store cannot be reached.
/// </remarks>
public interface IAccountStore
{
    /// <summary>
    /// Returns the citizen's holder. If there is none yet, <paramref name="proposed"/> becomes the holder. All who ask at the same time get
    /// the same holder.
    /// </summary>
    Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed);

    /// <summary>Returns the citizen's holder; null if the citizen never asked for a code.</summary>
    Task<CitizenHolder?> FindAsync(CitizenKey citizen);

    /// <summary>Replaces what is kept of a citizen's holder if it is still <paramref name="expected"/>.</summary>
    /// <returns>False if it is something else by now, or nothing is kept; then nothing changed.</returns>
    Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement);

    /// <summary>Loads the holder's vehicle account as stored; version 0 and no content if there is none.</summary>
    Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 if the version is still
    /// <paramref name="expectedVersion"/>.
    /// </summary>
    /// <returns>False if the version is another by now; then nothing changed.</returns>
    Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content);
}

/// <summary>Who a citizen is inside the service.</summary>
/// <param name="Holder">The citizen's holder.</param>
/// <param name="Next">
/// While the holder is being erased: who takes its place. It does so once nothing is left to erase. Otherwise null.
/// </param>
public readonly record struct CitizenHolder(HolderId Holder, HolderId? Next = null);

/// <summary>A vehicle account as stored. Version 0: there is none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredVehicleAccount(long Version, ReadOnlyMemory<byte> Content);

/// <summary>
/// Stored in place of a citizen code: its HMAC-SHA-256 under a key of this service, as 64 lowercase hexadecimal digits. A stolen store does
/// not tell who parks where.
/// </summary>
public readonly record struct CitizenKey(string Hex)
{
    public override string ToString() => "citizen key";
}
