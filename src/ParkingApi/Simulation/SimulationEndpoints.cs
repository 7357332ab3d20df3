using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Rights;

namespace Parking.Api.Simulation;

/// <summary>
/// The endpoints that move time. Only administrators of the simulation may call them: a program with access to the data folder can sign
/// such a token, and a web page in a browser on the same machine cannot.
/// </summary>
internal static partial class SimulationEndpoints
{
    public static readonly ProblemKind ClockRunsByItself = new(
        "clock-runs-by-itself",
        StatusCodes.Status409Conflict,
        "Virtual time was released",
        "It is the machine's time now, and nobody moves it.");

    private static readonly ProblemKind ClockRunsForward = new(
        "clock-runs-forward",
        StatusCodes.Status409Conflict,
        "Virtual time never goes back",
        "For an earlier time, begin with an empty data folder.");

    private const string Why = "It moves an invented time, many times a second, and nothing of a city.";

    private static readonly ClockAnswer Example = new(Instant.FromUtc(2016, 2, 1, 8, 0), 0.2);

    public static void MapSimulation(this IEndpointRouteBuilder routes)
    {
        var simulation = routes.MapGroup("/simulation").WithTags("Simulation").RequireDuty(DutyKind.Admin, DutyScope.City)
            .WithMetadata(new SignInGuard.WithoutStore())
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden);

        simulation.MapGet("/clock", GetClock)
            .WithName("GetClock").WithSummary("The virtual time")
            .WithResponseExample(new ClockAnswer(Example.Now, null));
        simulation.MapPost("/clock", MoveClockAsync)
            .WithName("MoveClock").WithSummary("Moves virtual time forward when no request is being handled")
            .WithDescription(
                "Requests that arrive meanwhile wait. Due timers fire. The work that they start may still be running when the call ends: "
                + "see settle.")
            .DoesNotAudit(Why)
            .WithRequestExample(new ClockRequest { To = Example.Now }).WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, ClockRunsForward, ClockRunsByItself);
        simulation.MapPost("/release", ReleaseAsync)
            .WithName("ReleaseClock").WithSummary("Moves virtual time to the machine's, and lets it run by itself")
            .WithDescription(
                "From then on it is the machine's time, and nobody moves it (clock-runs-by-itself). Calling it again changes nothing. "
                + "Refused while virtual time is later than the machine's (clock-runs-forward).")
            .DoesNotAudit(Why)
            .WithResponseExample(Example)
            .Meets(ClockRunsForward);
        simulation.MapPost("/settle", SettleAsync)
            .WithName("Settle").WithSummary("Runs all pending background work now: sweep, occupancy, keys")
            .WithDescription(
                "Requests that arrive meanwhile wait. Scans whose request ended without a result are completed or abandoned at once, "
                + "not only after a minute.")
            .DoesNotAudit(Why)
            .WithResponseExample(Example)
            .Meets(HttpProblems.StoreUnavailable);
    }

    private static Ok<ClockAnswer> GetClock(SimulationClock clock) => TypedResults.Ok(new ClockAnswer(clock.Now, null));

    private static async Task<Results<Ok<ClockAnswer>, ProblemHttpResult>> MoveClockAsync(
        ClockRequest move, SimulationClock clock, CancellationToken cancellationToken)
    {
        if (move.To > SimulationSettings.Latest)
        {
            return HttpProblems.InvalidRequest.ToResult($"Virtual time ends at {SimulationSettings.Latest}.");
        }

        var started = Stopwatch.GetTimestamp();
        return await clock.AdvanceAsync(move.To, cancellationToken)
            ? TypedResults.Ok(Now(clock, started))
            : clock.Runs ? ClockRunsByItself.ToResult($"It is {clock.Now}, and {move.To} was asked for.")
            : ClockRunsForward.ToResult(
                $"It is {clock.Now}, and {move.To} was asked for. For an earlier time, begin with an empty data folder.");
    }

    private static async Task<Results<Ok<ClockAnswer>, ProblemHttpResult>> ReleaseAsync(
        SimulationClock clock, ILogger<SimulationClock> logger, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var ran = clock.Runs;
        if (!await clock.ReleaseAsync(cancellationToken))
        {
            return ClockRunsForward.ToResult($"It is {clock.Now}, which is later than the machine's time.");
        }

        if (!ran)
        {
            Released(logger, clock.Now);
        }

        return TypedResults.Ok(Now(clock, started));
    }

    private static async Task<Ok<ClockAnswer>> SettleAsync(Settling settling, SimulationClock clock, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await settling.SettleAsync(cancellationToken);
        return TypedResults.Ok(Now(clock, started));
    }

    private static ClockAnswer Now(SimulationClock clock, long started) =>
        new(clock.Now, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1));

    [LoggerMessage(1018, LogLevel.Information, "Virtual time runs by itself from {Now} on", EventName = "SimulationClockReleased")]
    private static partial void Released(ILogger logger, Instant now);
}
