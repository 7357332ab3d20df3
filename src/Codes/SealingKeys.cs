using System.Collections.Frozen;

namespace Parking.Codes;

/// <summary>The seals by key, with which only the service finds a code's holder. Immutable and thread-safe.</summary>
public sealed class SealingKeys
{
    private readonly FrozenDictionary<KeyId, CodeSeal> _seals;

    /// <summary>Takes the seals of some keys.</summary>
    /// <param name="keys">Keys with distinct ids.</param>
    /// <exception cref="ArgumentException">Two keys have the same id.</exception>
    public SealingKeys(IEnumerable<SigningKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var seals = new Dictionary<KeyId, CodeSeal>();
        foreach (var key in keys)
        {
            seals.Add(key.Id, key.Seal);
        }

        _seals = seals.ToFrozenDictionary();
    }

    /// <summary>Finds the holder of a code.</summary>
    /// <param name="key">The key the code was signed with, from its <see cref="CodeCheck"/>.</param>
    /// <param name="code">The code's id, from the same check.</param>
    /// <param name="holder">Holder and vehicle, or the default if the key is not here.</param>
    /// <returns>False if the key is not here: it has been dropped, or the check used another key set.</returns>
    public bool TryOpen(KeyId key, CodeId code, out SealedHolder holder)
    {
        var found = _seals.TryGetValue(key, out var seal);
        holder = found ? seal!.Open(code) : default;
        return found;
    }

    /// <summary>Finds the holder of a code whose key is known to be here.</summary>
    /// <param name="key">The key the code was signed with, from its <see cref="CodeCheck"/>.</param>
    /// <param name="code">The code's id, from the same check.</param>
    /// <returns>Holder and vehicle.</returns>
    /// <exception cref="KeyNotFoundException">The key is not here (see <see cref="TryOpen"/>).</exception>
    public SealedHolder Open(KeyId key, CodeId code) =>
        TryOpen(key, code, out var holder) ? holder : throw new KeyNotFoundException($"No sealing key belongs to key {key}.");
}
