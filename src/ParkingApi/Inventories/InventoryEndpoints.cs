using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Admission;
using Parking.Api.Facilities;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Occupancy;
using Parking.Codes;
using Parking.Contracts;
using Parking.Events;
using Parking.Facilities;
using Parking.Rights;
using InventoryEffect = Parking.Admission.InventoryEffect;

namespace Parking.Api.Inventories;

/// <summary>The endpoints with which operators take inventory: a look at what it changes, and the inventory itself.</summary>
internal static partial class InventoryEndpoints
{
    private static readonly ProblemKind InventoryConflict = new(
        "inventory-conflict",
        StatusCodes.Status409Conflict,
        "Another inventory has this id",
        "An id names one inventory of a facility, for ever. Draw a new one for each.");

    private static readonly ProblemKind InventoryChanged = new(
        "inventory-changed",
        StatusCodes.Status409Conflict,
        "Something has changed since the preview",
        "A stay has ended, or another inventory was previewed. Nothing was done. Look at the preview again.");

    private static readonly ProblemKind InventoryDoubted = new(
        "inventory-doubted",
        StatusCodes.Status409Conflict,
        "Gates may know of vehicles of which the service does not");

    private static readonly ProblemKind InventoryOutdated = new(
        "inventory-outdated",
        StatusCodes.Status409Conflict,
        "The vehicles were counted again since");

    /// <summary>Who counted longer ago than this has to look again.</summary>
    private static readonly Duration OldestCount = Duration.FromHours(12);

    private static readonly Duration ClockSkew = CodeLifetime.Default.ClockSkew;

    public static void MapInventories(this IEndpointRouteBuilder routes)
    {
        var inventories = routes.MapGroup("/v1/facilities/{id}/inventories").WithTags("Facilities")
            .RequireDuty(DutyKind.Operate, DutyScope.Facility())
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound,
                InventoryOutdated, HttpProblems.StoreUnavailable);

        inventories.MapPost("preview", PreviewAsync)
            .DoesNotAudit("It changes nothing.")
            .WithName("PreviewInventory").WithSummary("What an inventory would change, and what speaks against it now")
            .WithDescription(
                "Changes nothing. Which of the named stays would end, which have ended or began after the count; what the shown number "
                + "would become; which gates are silent or have events that they have not sent; how many vehicles passed since the count. "
                + "A count that is not later than the last one would not be shown (inventory-outdated).")
            .WithRequestExample(InventoryExamples.Asked)
            .WithResponseExample(InventoryExamples.Preview);

        inventories.MapPost("", PostAsync)
            .Audits(call => AuditSubject.OfFacility("take_inventory", call.HttpContext) with
            {
                Detail = new(call.GetArgument<InventoryRequest>(1).Reason),
            })
            .WithName("TakeInventory").WithSummary("Records a count of the parked vehicles, and ends stays whose vehicles are not there")
            .WithDescription(
                "It does what an inventory of a gate does. The count becomes the number that is shown; the named stays end at the time of "
                + "the count and have no fee. version says which preview was looked at: if a stay has changed since, nothing is done "
                + "(inventory-changed). Only open stays can be closed, and a count must be later than the last one (inventory-outdated). "
                + "Gates that are silent or have unsent events must be named in despite (inventory-doubted). A stay that ends while this "
                + "is being recorded stays as it is; the answer says so. The same request with the same id again changes nothing, and "
                + "finishes one that was cut short.")
            .WithRequestExample(InventoryExamples.Request)
            .WithResponseExample(InventoryExamples.Answer)
            .Meets(InventoryConflict, InventoryChanged, InventoryDoubted);
    }

    private static async Task<Results<Ok<InventoryPreviewAnswer>, ValidationProblem, ProblemHttpResult>> PreviewAsync(
        string id,
        InventoryPreviewRequest request,
        CityDirectory city,
        InventoryLook look,
        IClock clock,
        CancellationToken cancellationToken)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var faults = new Dictionary<string, string[]>();
        var inventory = Read(facility, null, request.CountedAt, request.Count, request.Closes, faults);
        CheckTime(inventory, clock.GetCurrentInstant(), faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (await look.FindLaterCountAsync(inventory) is { } later)
        {
            return Outdated(later);
        }

        return TypedResults.Ok(await look.PreviewAsync(inventory, cancellationToken));
    }

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Results<Ok<InventoryAnswer>, ValidationProblem, ProblemHttpResult>> PostAsync(
        string id,
        InventoryRequest request,
        CityDirectory city,
        OperatorInventories inventories,
        InventoryLook look,
        OccupancyBoard board,
        Staff staff,
        IClock clock,
        ILogger<OperatorInventories> logger)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var faults = new Dictionary<string, string[]>();
        if (!PlainText.IsOneLine(request.Reason))
        {
            faults["reason"] = ["reason is one line of text for people."];
        }

        var inventory = Read(facility, CommandId.Parse(request.Id), request.CountedAt, request.Count, request.Closes, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        // What was begun was checked then. Meanwhile the stays have changed by it, and gates may have fallen silent.
        var isRecorded = await inventories.IsRecordedAsync(inventory);
        if (!isRecorded && await RefuseAsync(inventory, request, inventories, look, clock) is { } refusal)
        {
            return refusal;
        }

        switch (await inventories.RecordAsync(inventory))
        {
            case { LastCount: { } later }:
                return Outdated(later);
            case { Outcome: InventoryOutcome.Conflict }:
                return InventoryConflict.ToResult();
        }

        board.Touch(facility);
        var answer = await look.DescribeAsync(inventory);
        if (!isRecorded)
        {
            var closed = answer.Stays.Count(stay => stay.Effect == Contracts.InventoryEffect.Closes);
            Taken(logger, staff, facility.Id, request.Count, closed, inventory.Closes.Count);
        }

        return TypedResults.Ok(answer);
    }

    /// <returns>Why an inventory is not recorded; null if nothing speaks against it, or it was begun before.</returns>
    private static async Task<Results<Ok<InventoryAnswer>, ValidationProblem, ProblemHttpResult>?> RefuseAsync(
        OperatorInventory inventory, InventoryRequest request, OperatorInventories inventories, InventoryLook look, IClock clock)
    {
        var stays = await inventories.LookAsync(inventory);
        if (await inventories.IsBegunAsync(inventory, stays))
        {
            return null;
        }

        var faults = new Dictionary<string, string[]>();
        CheckTime(inventory, clock.GetCurrentInstant(), faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        // Before the stays: whoever saw another effect is told that it has changed, and not that the request is wrong.
        if (InventoryLook.VersionOf(inventory, stays) != request.Version)
        {
            return InventoryChanged.ToResult();
        }

        CheckStays(stays, faults);
        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        if (await look.FindLaterCountAsync(inventory) is { } later)
        {
            return Outdated(later);
        }

        var doubted = (await look.DoubtedAsync(inventory.Facility))
            .Select(gate => gate.Gate.Id.Value).Except(request.Despite ?? []).ToList();
        if (doubted.Count > 0)
        {
            return InventoryDoubted.ToResult(
                $"Nothing was done. Name these in despite if the inventory is to count all the same: {string.Join(", ", doubted)}.");
        }

        return null;
    }

    private static ProblemHttpResult Outdated(Instant later) => InventoryOutdated.ToResult(
        $"Nothing was done. The last count is of {later}, and its number would stay. A new one has to be later; without a count, the stays "
        + "can be closed all the same.");

    private static OperatorInventory Read(
        Facility facility,
        CommandId? name,
        Instant countedAt,
        int? count,
        IReadOnlyList<string>? closes,
        Dictionary<string, string[]> faults)
    {
        var stays = new List<CodeId>();
        foreach (var text in closes ?? [])
        {
            if (CodeId.TryParse(text, out var stay) && !stays.Contains(stay))
            {
                stays.Add(stay);
            }
            else
            {
                faults["closes"] = ["closes names stays by their ids, each once."];
            }
        }

        if (count is null && closes is not { Count: > 0 })
        {
            faults["count"] = ["An inventory has a count, or names stays, or both."];
        }

        return new(facility, name, countedAt.ToMilliseconds(), count, stays);
    }

    private static void CheckTime(OperatorInventory inventory, Instant now, Dictionary<string, string[]> faults)
    {
        if (inventory.CountedAt > now + ClockSkew || inventory.CountedAt < now - OldestCount)
        {
            faults["countedAt"] = ["countedAt is not in the future, and at most 12 hours ago."];
        }
    }

    /// <summary>A stay that cannot be closed must be left out: until then nothing is done.</summary>
    private static void CheckStays(IReadOnlyList<InventoriedStay> stays, Dictionary<string, string[]> faults)
    {
        var wrong = stays.Where(named => named.Effect != InventoryEffect.Closes).Select(named => named.Effect switch
        {
            InventoryEffect.HasEnded => $"{named.Name} has ended.",
            InventoryEffect.BeganAfterCount => $"{named.Name} began after the count.",
            _ => $"{named.Name} is no stay of this facility.",
        }).ToArray();
        if (wrong.Length > 0)
        {
            faults["closes"] = wrong;
        }
    }

    /// <remarks>The reason is kept with the audit and not logged: people write names and plates into it.</remarks>
    [LoggerMessage(
        9060,
        LogLevel.Information,
        "Operator {Staff} took inventory at {Facility}: counted {Count}, closed {Closed} of {Named} stays",
        EventName = "InventoryTaken")]
    private static partial void Taken(ILogger logger, Staff staff, FacilityId facility, int? count, int closed, int named);
}
