namespace Parking.Contracts;

/// <summary>Who is signed in. A page asks for it once when it opens.</summary>
/// <param name="Name">The person's name as the identity provider states it; null if it states none.</param>
/// <param name="Operator">Whether this person has any duty.</param>
/// <param name="CsrfToken">
/// The value of the header <c>X-Csrf-Token</c>, which every call other than GET and HEAD must carry if it is authenticated by the cookie.
/// It is valid for this session only.
/// </param>
/// <param name="Build">Which version of the pages the service has: a page that was loaded with another one loads itself again.</param>
public sealed record SessionAnswer(string? Name, bool Operator, string CsrfToken, string Build)
{
    /// <summary>
    /// What this person may do where, such as <c>operate@district:huangpu</c>: the well-formed values of the claim <c>duty</c>.
    /// </summary>
    public IReadOnlyList<string> Duties { get; init; } = [];

    /// <summary>Neither the name nor the token.</summary>
    public override string ToString() => "session";
}

/// <summary>Whose sign-ins are to end.</summary>
public sealed record WithdrawalRequest
{
    /// <summary>The person as the identity provider knows them: the claim <c>sub</c>. It is a secret.</summary>
    public required string Subject { get; init; }

    /// <summary>Not the person.</summary>
    public override string ToString() => "withdrawal";
}
