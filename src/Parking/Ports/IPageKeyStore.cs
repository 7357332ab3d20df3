namespace Parking.Ports;

/// <summary>
/// Keeps the keys that protect the cookies of browsers, so that a session is valid at every instance and survives a restart.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method. The content is sealed: the store cannot read it.</remarks>
public interface IPageKeyStore
{
    /// <summary>Returns all keys, in no order.</summary>
    Task<IReadOnlyList<SealedPageKey>> LoadAsync();

    /// <summary>Stores a key under its name. If the name is taken, nothing changes.</summary>
    Task AddAsync(SealedPageKey key);
}

/// <summary>A key for cookies as stored.</summary>
/// <param name="Name">Its name, unique among these keys.</param>
/// <param name="Content">The key, sealed by the service.</param>
public readonly record struct SealedPageKey(string Name, ReadOnlyMemory<byte> Content);
