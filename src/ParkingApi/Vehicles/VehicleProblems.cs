using Parking.Accounts;
using Parking.Api.Hosting.Problems;

namespace Parking.Api.Vehicles;

/// <summary>The problems of a citizen's vehicles.</summary>
internal static class VehicleProblems
{
    public static readonly ProblemKind VehicleNotFound = new(
        "vehicle-not-found",
        StatusCodes.Status404NotFound,
        "This citizen has no such vehicle",
        "List the plate with PUT /v1/me/vehicles first.");

    public static readonly ProblemKind TooManyPlates = new(
        "too-many-plates",
        StatusCodes.Status409Conflict,
        "This citizen has had too many plates",
        $"A citizen may have {VehicleAccount.MaxSlots} plates over time.");

    public static readonly ProblemKind TooManyShares = new(
        "too-many-shares",
        StatusCodes.Status409Conflict,
        "This vehicle has too many shares",
        $"A vehicle may have {VehicleAccount.MaxShares}, counting pending invitations. Withdraw one first.");

    public static readonly ProblemKind TooManySharedVehicles = new(
        "too-many-shared-vehicles",
        StatusCodes.Status409Conflict,
        "This citizen shares too many vehicles",
        $"A citizen may share {VehicleAccount.MaxShared} vehicles of others. Leave one first.");

    public static readonly ProblemKind InvitationNotFound = new(
        "invitation-not-found",
        StatusCodes.Status404NotFound,
        "There is no such invitation",
        "Or it was accepted by somebody else, withdrawn, or expired after 24 hours. Ask the owner for another one.");

    public static readonly ProblemKind OwnInvitation = new(
        "own-invitation",
        StatusCodes.Status409Conflict,
        "This is an invitation to a vehicle of the citizen's own",
        "Give it to the person who is to share the vehicle.");

    public static readonly ProblemKind OwnVehicleIsParked = new(
        "own-vehicle-is-parked",
        StatusCodes.Status409Conflict,
        "The citizen's own vehicle with this plate is parked",
        "Accepting takes this plate off the citizen's own list. Leave the car park first, then accept.");
}
