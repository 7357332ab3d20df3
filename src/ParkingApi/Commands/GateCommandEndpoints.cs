using Microsoft.AspNetCore.Mvc;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Commands;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Commands;

/// <summary>The endpoints at which gates wait for commands and claim them.</summary>
internal static class GateCommandEndpoints
{
    private static readonly GateCommandList ListExample = new()
    {
        Time = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        Commands =
        [
            new()
            {
                Id = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
                Command = BarrierCommand.OpenOnce,
                Stay = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
                Reason = "phone is broken",
            },
        ],
    };

    public static void MapGateCommands(this IEndpointRouteBuilder routes)
    {
        var gate = routes.MapGroup("/v1/gates/{gateId}/commands").WithTags("Gates")
            .RequireAuthorization(Policies.Gate)
            .RequireRateLimiting(RateLimits.Scanning)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.GateMismatch, HttpProblems.TooManyRequests,
                HttpProblems.StoreUnavailable);

        gate.MapGet("", WaitAsync)
            .WithName("WaitForCommands").WithSummary("Waits for commands to a gate, up to 25 seconds")
            .WithDescription(
                "A long poll: it is answered as soon as a command waits that seen does not name, otherwise after wait seconds with none. "
                + "Ask again at once. A command is obeyed only after its claim was granted.")
            .WithMetadata(new StaysOpen())
            .WithResponseExample(ListExample);
        gate.MapPost("/{commandId}/claims", ClaimAsync)
            .WithName("ClaimCommand").WithSummary("Asks for the right to obey a command")
            .WithDescription(
                "It is granted to one claim, and to that one as often as it asks, as long as the command has not expired. A refusal is a "
                + "normal answer, and final.")
            .WithRequestExample(new CommandClaim { Journal = "9f2c4e1ab03d5577", Seq = 14 })
            .WithResponseExample(new CommandClaimAnswer { Time = Instant.FromUtc(2026, 5, 4, 9, 35, 20), Granted = true });
    }

    /// <param name="gateId">The gate.</param>
    /// <param name="device">The calling gate.</param>
    /// <param name="poll">Waits.</param>
    /// <param name="clock">The service's clock.</param>
    /// <param name="response">Must not be kept by anybody on the way.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    /// <param name="seen">The ids of commands that the gate has from earlier answers.</param>
    /// <param name="wait">How many seconds to wait at most.</param>
    private static async Task<Ok<GateCommandList>> WaitAsync(
        string gateId,
        GateDevice device,
        CommandPoll poll,
        IClock clock,
        HttpResponse response,
        CancellationToken cancellationToken,
        [FromQuery, MaxLength(GateCommandList.MaxSeen, ErrorMessage = "seen has at most 64 ids.")] string[]? seen = null,
        [Range(0, 25, ErrorMessage = "wait is 0 to 25 seconds.")] int wait = 25)
    {
        response.Headers.CacheControl = "no-store";
        var found = await poll.WaitAsync(device.Gate, (seen ?? []).ToHashSet(), TimeSpan.FromSeconds(wait), cancellationToken);
        return TypedResults.Ok(new GateCommandList
        {
            Time = clock.GetCurrentInstant(),
            Commands = [.. found.Select(command => command.ToGate())],
        });
    }

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Ok<CommandClaimAnswer>> ClaimAsync(
        string gateId, string commandId, CommandClaim claim, GateDevice device, GateCommands commands, IClock clock, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        ClaimRefusal? refusal = CommandId.TryParse(commandId, out var id)
            ? await commands.ClaimAsync(device.Gate, id, JournalId.Parse(claim.Journal), claim.Seq)
            : ClaimRefusal.NotFound;
        return TypedResults.Ok(new CommandClaimAnswer
        {
            Time = clock.GetCurrentInstant(),
            Granted = refusal is null,
            Refusal = refusal,
        });
    }
}
