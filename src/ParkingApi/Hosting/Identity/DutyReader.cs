using System.Security.Claims;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Hosting.Identity;

/// <summary>Reads the duties of whoever calls from the claims <c>duty</c>.</summary>
internal sealed partial class DutyReader(CityDirectory city, ILogger<DutyReader> logger)
{
    /// <summary>The claim with a person's duties, one in each value.</summary>
    public const string Claim = "duty";

    private int _told;

    /// <summary>The duties. What is malformed grants nothing, and a wall screen only ever watches.</summary>
    public Duties Of(ClaimsPrincipal principal)
    {
        var isScreen = Screens.ClaimOf(principal) is not null;
        var duties = new List<Duty>();
        foreach (var claim in principal.FindAll(Claim))
        {
            if (Duty.TryParse(claim.Value, out var duty))
            {
                if (!isScreen || duty.Kind == DutyKind.Watch)
                {
                    duties.Add(duty);
                }
            }
            else if (Interlocked.Exchange(ref _told, 1) == 0)
            {
                // Neither who nor what: a claim that came here by mistake may name anybody.
                Malformed(logger);
            }
        }

        return new(duties, city);
    }

    [LoggerMessage(
        1013,
        LogLevel.Warning,
        "A claim 'duty' is none and grants nothing. Duties are like operate@district:<id>: see what the identity provider puts into it. "
        + "This is said once",
        EventName = "DutyMalformed")]
    private static partial void Malformed(ILogger logger);
}
