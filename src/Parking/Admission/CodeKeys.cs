namespace Parking.Admission;

/// <summary>The keys in use. Whoever needs them takes <see cref="Current"/> once and works with that.</summary>
public sealed class CodeKeys
{
    private volatile KeySnapshot? _current;

    /// <summary>The keys as they are now.</summary>
    /// <exception cref="InvalidOperationException">The service has not started yet.</exception>
    public KeySnapshot Current => _current ?? throw new InvalidOperationException("The key ring has not been loaded yet.");

    public bool AreLoaded => _current is not null;

    public void Use(KeySnapshot snapshot) => _current = snapshot;
}
