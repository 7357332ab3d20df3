namespace Parking.Codes;

/// <summary>Where in its life a key is.</summary>
public enum KeyPhase
{
    /// <summary>Published, so that every gate knows it before it signs.</summary>
    Announced = 1,

    /// <summary>It signs new codes.</summary>
    Signing = 2,

    /// <summary>It signs no more; codes that it signed are still checked and opened.</summary>
    Retired = 3,

    /// <summary>Nothing that it signed can still arrive. The next <see cref="KeyRing.Advance"/> removes it.</summary>
    Dropped = 4,

    /// <summary>It must not be believed: no code that it signed opens a barrier. What it sealed is still opened, for events of before.</summary>
    Revoked = 5,
}
