using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime.Text;
using Parking.Api.Hosting.Problems;

namespace Parking.Api.Simulation;

/// <summary>
/// A request that says when it is made: virtual time moves there before it is handled, as <c>POST /simulation/clock</c> would have it. So a replay, whose every request says so, need not
/// ask for each instant by itself.
/// </summary>
internal static class StampedRequest
{
    /// <summary>An instant such as <c>2016-02-01T08:00:00Z</c>. One that is past by now is passed over. Whoever moves time by it must be known.</summary>
    public const string Header = "Simulation-Time";

    /// <summary>Waits until time is where the request wants it.</summary>
    /// <returns>What is wrong with it; null if nothing is, or if it says nothing of time.</returns>
    public static async Task<ProblemHttpResult?> FollowAsync(HttpContext context, SimulationClock clock)
    {
        var stamp = context.Request.Headers[Header];
        if (stamp.Count == 0)
        {
            return null;
        }

        if (!InstantPattern.ExtendedIso.Parse(stamp.ToString()).TryGetValue(default, out var at) || at > SimulationSettings.Latest)
        {
            return HttpProblems.InvalidRequest.ToResult($"{Header} is '{stamp}'. It must be an instant such as 2016-02-01T08:00:00Z, not after {SimulationSettings.Latest}.");
        }

        if (at <= clock.Now)
        {
            return null;
        }

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
            return HttpProblems.Unauthenticated.ToResult($"{Header} is later than it is here: {clock.Now}. Gates, citizens and operators of the simulation move its time, nobody else.");
        }

        await clock.ReachAsync(at, context.RequestAborted);
        return null;
    }
}
