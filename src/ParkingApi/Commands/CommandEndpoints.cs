using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Stays;
using Parking.Commands;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Rights;

namespace Parking.Api.Commands;

/// <summary>The endpoints with which operators give commands to gates, and see how far they are.</summary>
internal static class CommandEndpoints
{
    public static readonly ProblemKind GateNotFound = new(
        "gate-not-found", StatusCodes.Status404NotFound, "The city has no such gate");

    private static readonly ProblemKind CommandNotFound = new(
        "command-not-found", StatusCodes.Status404NotFound, "The gate has no such command", "Or it is older than eight days.");

    private static readonly ProblemKind CommandConflict = new(
        "command-conflict",
        StatusCodes.Status409Conflict,
        "Another command has this id",
        "An id names one command of a facility. Draw a new one for each.");

    private static readonly ProblemKind CommandNotFresh = new(
        "command-not-fresh",
        StatusCodes.Status409Conflict,
        "The command's id was not drawn just now",
        "Its time is more than five seconds from the service's clock. Nothing was done. Look at the gate before you give it again.");

    private static readonly ProblemKind ExitsStayOpen = new(
        "exits-are-not-locked", StatusCodes.Status409Conflict, "Exits are not locked", "Nobody is shut in.");

    private static readonly GateCommandRequest RequestExample = new()
    {
        Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
        Command = BarrierCommand.OpenOnce,
        Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
        Reason = "phone is broken",
    };

    private static readonly GateCommandAnswer Example = new()
    {
        Id = RequestExample.Id,
        Gate = "hsp-out-1",
        Command = RequestExample.Command,
        Stay = RequestExample.Stay,
        Reason = RequestExample.Reason,
        Staff = "s-1042",
        State = GateCommandState.Obeyed,
        QueuedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        ExpiresAt = Instant.FromUtc(2026, 5, 4, 9, 35, 30),
        GrantedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        EndedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 21),
    };

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        var gate = routes.MapGroup("/v1/gates/{id}/commands").WithTags("Gates");

        gate.MapPost("", PostAsync)
            .WithName("PostCommand").WithSummary("Gives a gate's barrier a command")
            .WithDescription(
                "The gate obeys at most once, and not after expiresAt: 10 seconds for open_once, 30 for all others. The same request with "
                + "the same id again changes nothing, and answers how far the command is. A command is never repeated by the service. "
                + "It needs nothing but the live store, so that people can be let out whatever else is out of order.")
            .RequireDuty(DutyKind.Operate, DutyScope.Gate())
            .DoesNotAudit("The step that queues it records it, so that people can be let out while the audit is away.")
            .WithRequestExample(RequestExample)
            .WithResponseExample(Example with { State = GateCommandState.Queued, GrantedAt = null, EndedAt = null })
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, GateNotFound, StayEndpoints.StayNotFound,
                StayEndpoints.StayHasEnded, CommandConflict, CommandNotFresh, ExitsStayOpen, HttpProblems.StoreUnavailable);
        gate.MapGet("/{commandId}", GetAsync)
            .WithName("GetCommand").WithSummary("How far a command is")
            .WithDescription(
                "queued, then granted, then obeyed, as its gate reports it. nothing_known: the gate was allowed to obey and has said "
                + "nothing for five seconds, so that the barrier may have moved.")
            .RequireDuty(DutyKind.Watch, DutyScope.Gate())
            .WithResponseExample(Example)
            .Meets(
                HttpProblems.Unauthenticated, HttpProblems.Forbidden, GateNotFound, CommandNotFound, HttpProblems.StoreUnavailable);
    }

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Results<Ok<GateCommandAnswer>, ValidationProblem, ProblemHttpResult>> PostAsync(
        string id, GateCommandRequest request, CityDirectory city, GateCommands commands, Staff staff, GrantedDuty granted, IClock clock)
    {
        if (city.FindGate(new(id)) is not { } gate)
        {
            return GateNotFound.ToResult();
        }

        if (FaultsOf(request, gate) is { Count: > 0 } faults)
        {
            return HttpProblems.Invalid(faults);
        }

        if (request.Command == BarrierCommand.Lock && gate.Direction == GateDirection.Exit)
        {
            return ExitsStayOpen.ToResult();
        }

        var queued = await commands.QueueAsync(gate, new()
        {
            Id = CommandId.Parse(request.Id),
            Gate = gate.Id,
            Command = request.Command,
            Stay = request.Stay,
            Reason = request.Reason,
            Seconds = request.Seconds,
            Staff = staff.Name,
            Duty = granted.Duty.ToString(),
            QueuedAt = clock.GetCurrentInstant().ToMilliseconds(),
        });
        return queued switch
        {
            { Outcome: QueueOutcome.Queued, Command: { } command } => TypedResults.Ok(command.ToContract(clock.GetCurrentInstant())),
            { Outcome: QueueOutcome.NotFresh } => CommandNotFresh.ToResult(),
            { Outcome: QueueOutcome.StayNotFound } => StayEndpoints.StayNotFound.ToResult(),
            { Outcome: QueueOutcome.StayHasEnded } => StayEndpoints.StayHasEnded.ToResult(),
            _ => CommandConflict.ToResult(),
        };
    }

    private static async Task<Results<Ok<GateCommandAnswer>, ProblemHttpResult>> GetAsync(
        string id, string commandId, CityDirectory city, GateCommands commands, IClock clock)
    {
        if (city.FindGate(new(id)) is not { } gate)
        {
            return GateNotFound.ToResult();
        }

        return CommandId.TryParse(commandId, out var command) && await commands.FindAsync(gate, command) is { } found
            ? TypedResults.Ok(found.ToContract(clock.GetCurrentInstant()))
            : CommandNotFound.ToResult();
    }

    /// <summary>What members have to do with each other, by member. Each member by itself has been checked.</summary>
    private static Dictionary<string, string[]> FaultsOf(GateCommandRequest request, Gate gate)
    {
        var faults = new Dictionary<string, string[]>();
        if (!PlainText.IsOneLine(request.Reason))
        {
            faults["reason"] = ["reason is one line of text for people."];
        }

        var lasts = request.Command is BarrierCommand.HoldOpen or BarrierCommand.Lock;
        if (lasts != request.Seconds is not null)
        {
            faults["seconds"] = ["hold_open and lock say for how many seconds; the others do not."];
        }

        if (request.Stay is not null && (request.Command != BarrierCommand.OpenOnce || gate.Direction != GateDirection.Exit))
        {
            faults["stay"] = ["only open_once at an exit names a stay."];
        }

        return faults;
    }
}
