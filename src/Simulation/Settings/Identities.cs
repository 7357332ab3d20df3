using NodaTime;

namespace Parking.Simulation.Settings;

/// <summary>
/// The citizens and the operator that a demo uses. With a signing key there is no limit on citizens; with given tokens there is one citizen
/// for each token.
/// </summary>
/// <param name="settings">The signing key or the tokens.</param>
/// <param name="run">Part of every citizen's name, so that two runs against one service use different citizens.</param>
/// <param name="clock">The time in the tokens.</param>
internal sealed class Identities(ServiceSettings settings, string run, IClock clock)
{
    private static readonly Duration TokenLifetime = Duration.FromHours(1);

    /// <summary>The largest possible number of citizens.</summary>
    public int MostCitizens => settings.Tokens?.Citizens.Count ?? int.MaxValue;

    /// <summary>
    /// The token of the operator who watches the city, commands its barriers, and moves the clock of a simulation. Each call makes a new
    /// one: it is soon over.
    /// </summary>
    public string OperatorToken() => settings.Tokens?.Operator
        ?? TokenSigner.Sign(
            Jwt, "demo-operator", ["operate@city", "admin@city"], clock.GetCurrentInstant(), TokenSigner.LongestWithDuties);

    /// <summary>The token of a citizen.</summary>
    /// <param name="number">0 to <see cref="MostCitizens"/> − 1.</param>
    public string CitizenToken(int number) => settings.Tokens?.Citizens[number]
        ?? TokenSigner.Sign(Jwt, $"demo-{run}-{number:000}", duties: [], clock.GetCurrentInstant(), TokenLifetime);

    /// <summary>The token of a citizen who is known by name: only a key can sign it.</summary>
    /// <param name="citizen">The citizen code.</param>
    /// <exception cref="InvalidOperationException">The settings have tokens, and no key.</exception>
    public string TokenOf(string citizen) => TokenSigner.Sign(Jwt, citizen, duties: [], clock.GetCurrentInstant(), TokenLifetime);

    /// <summary>The token of an operator who is known by name: only a key can sign it.</summary>
    /// <param name="citizen">The citizen code.</param>
    /// <param name="staff">What the log and the audit call them.</param>
    /// <param name="duties">What they may do where, such as <c>operate@city</c>.</param>
    /// <exception cref="InvalidOperationException">The settings have tokens, and no key.</exception>
    public string StaffToken(string citizen, string staff, IReadOnlyList<string> duties) =>
        TokenSigner.Sign(Jwt, citizen, duties, clock.GetCurrentInstant(), TokenSigner.LongestWithDuties, staff);

    private JwtSettings Jwt => settings.Jwt ?? throw new InvalidOperationException("Settings have either a signing key or tokens.");
}
