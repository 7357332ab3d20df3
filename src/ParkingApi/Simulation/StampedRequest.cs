using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime.Text;
using Parking.Api.Hosting.Problems;

namespace Parking.Api.Simulation;

/// <summary>
/// A request with the time at which it is made. Virtual time moves there before the request is handled, as with
/// <c>POST /simulation/clock</c>. So a replay, which stamps all its requests, needs no separate call to move the clock.
/// </summary>
internal static class StampedRequest
{
    /// <summary>
    /// The header with an instant such as <c>2016-02-01T08:00:00Z</c>. A past instant is ignored. Only an authenticated caller can move
    /// time.
    /// </summary>
    public const string Header = "Simulation-Time";

    /// <summary>Waits until time has reached the request's stamp.</summary>
    /// <returns>The error of the stamp; null if it is valid or absent.</returns>
    public static async Task<ProblemHttpResult?> FollowAsync(HttpContext context, SimulationClock clock)
    {
        var stamp = context.Request.Headers[Header];
        if (stamp.Count == 0)
        {
            return null;
        }

        if (!InstantPattern.ExtendedIso.Parse(stamp.ToString()).TryGetValue(default, out var at) || at > SimulationSettings.Latest)
        {
            return HttpProblems.InvalidRequest.ToResult(
                $"{Header} is '{stamp}'. It must be an instant such as 2016-02-01T08:00:00Z, not after {SimulationSettings.Latest}.");
        }

        if (at <= clock.Now)
        {
            return null;
        }

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
            return HttpProblems.Unauthenticated.ToResult(
                $"{Header} is later than the virtual time, {clock.Now}. "
                + "Only gates, citizens and operators of the simulation can move its time.");
        }

        return await clock.ReachAsync(at, context.RequestAborted)
            ? null
            : SimulationEndpoints.ClockRunsByItself.ToResult($"{Header} is later than the time, {clock.Now}.");
    }
}
