namespace Parking.Codes;

/// <summary>The phase of a key's life cycle.</summary>
public enum KeyPhase
{
    /// <summary>It is published, so that every gate knows it before it signs.</summary>
    Announced = 1,

    /// <summary>It signs new codes.</summary>
    Signing = 2,

    /// <summary>It no longer signs. Codes that it signed are still verified and unsealed.</summary>
    Retired = 3,

    /// <summary>Nothing that it signed can arrive any more. The next <see cref="KeyRing.Advance"/> removes it.</summary>
    Dropped = 4,

    /// <summary>
    /// It is not trusted: no code that it signed opens a barrier. Its ids are still unsealed, for events from before the revocation.
    /// </summary>
    Revoked = 5,
}
