namespace Parking.Contracts;

/// <summary>Who is signed in. A page asks for it once when it opens.</summary>
/// <param name="Name">The person's name as the identity provider states it; null if it states none.</param>
/// <param name="Operator">Whether this person operates the car parks.</param>
/// <param name="CsrfToken">
/// The value of the header <c>X-Csrf-Token</c>, which every call other than GET and HEAD must carry if it is authenticated by the cookie.
/// It is valid for this session only.
/// </param>
/// <param name="Build">Which version of the pages the service has: a page that was loaded with another one loads itself again.</param>
public sealed record SessionAnswer(string? Name, bool Operator, string CsrfToken, string Build)
{
    /// <summary>Neither the name nor the token.</summary>
    public override string ToString() => "session";
}
