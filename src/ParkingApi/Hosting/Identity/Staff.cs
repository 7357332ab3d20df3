using System.Reflection;
using System.Security.Claims;
using Parking.Rights;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// The calling operator with their duties, as the log names them: by the claim <c>staff</c>. Never by <c>sub</c>, which is a citizen code:
/// operators park too.
/// </summary>
internal sealed class Staff
{
    /// <summary>The claim with the name or number by which operators know each other. It is written to the log.</summary>
    public const string Claim = "staff";

    private const int MaxLength = 64;
    private const string Unnamed = "unnamed";

    private Staff(string name, Duties duties)
    {
        Name = name;
        Duties = duties;
    }

    /// <summary>The claim, at most 64 characters, without what cannot be seen; <c>unnamed</c> if the token has none.</summary>
    public string Name { get; }

    /// <summary>What they may do where.</summary>
    public Duties Duties { get; }

    public static Staff Of(ClaimsPrincipal principal, DutyReader reader)
    {
        var name = string.Concat(PlainText.Clean(principal.FindFirstValue(Claim) ?? "").EnumerateRunes().Take(MaxLength)).Trim();
        return new(PlainText.HasVisible(name) ? name : Unnamed, reader.Of(principal));
    }

    public static ValueTask<Staff?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Staff?>(Of(context.User, context.RequestServices.GetRequiredService<DutyReader>()));

    public override string ToString() => Name;
}
