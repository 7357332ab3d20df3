using Parking.Codes;

namespace Parking.Ports;

/// <summary>Who is who: citizens to holders, holders to vehicles. Lives in the same place as the live stays.</summary>
/// <remarks>Same rules as <see cref="ILiveStore"/>: atomic, repeatable, <see cref="StoreUnavailableException"/> when out of reach.</remarks>
public interface IAccountStore
{
    /// <summary>The citizen's holder; <paramref name="proposed"/> becomes it if there is none yet. However many ask at once, all get the same.</summary>
    Task<HolderId> FindOrAddAsync(CitizenKey citizen, HolderId proposed);

    /// <summary>The citizen's holder, or null if the citizen never asked for a code.</summary>
    Task<HolderId?> FindAsync(CitizenKey citizen);

    /// <summary>The holder's garage as stored; version 0 and no content if there is none.</summary>
    Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder);

    /// <summary>Stores <paramref name="content"/> as the next version if the version is still <paramref name="expectedVersion"/>.</summary>
    /// <returns>False, and nothing changed, if the version is another by now.</returns>
    Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content);
}

/// <summary>A holder's vehicles as stored. Version 0: none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredVehicleAccount(long Version, ReadOnlyMemory<byte> Content);

/// <summary>
/// What is stored in place of a citizen code: its HMAC-SHA-256 under a key of this service, as 64 lowercase hexadecimal
/// digits. A stolen store does not tell who parks where.
/// </summary>
public readonly record struct CitizenKey(string Hex)
{
    public override string ToString() => "citizen key";
}
