using Parking.Codes;

namespace Parking.Accounts;

/// <summary>A vehicle that its owner shares with a member.</summary>
/// <param name="Link">Where it was found.</param>
/// <param name="Owner">The owner's account.</param>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Member">The member's share of it.</param>
public sealed record SharedCar(SharedVehicle Link, VehicleAccount Owner, Vehicle Vehicle, ShareMember Member);

/// <summary>A vehicle that a holder means by a plate.</summary>
/// <param name="Vehicle">The vehicle, with its owner.</param>
/// <param name="Share">By which share the holder uses it; null if it is the holder's own.</param>
public sealed record UsableVehicle(SealedHolder Vehicle, ShareId? Share = null);

/// <summary>What came of listing vehicles.</summary>
/// <param name="Account">
/// The vehicle account as stored; null if nothing was changed, because of the other members or, if they are empty, because it would have
/// too many plates over time (see <see cref="VehicleAccount.Replace"/>).
/// </param>
public sealed record ReplaceResult(VehicleAccount? Account)
{
    /// <summary>Vehicles to be listed that somebody shares with the holder.</summary>
    public IReadOnlyList<SharedCar> Shared { get; init; } = [];

    /// <summary>Wrong plates whose correction cannot be made.</summary>
    public IReadOnlyList<Plate> NotCorrected { get; init; } = [];
}

/// <summary>What came of inviting somebody.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Invitation">The invitation, a secret; only if somebody was invited.</param>
/// <param name="Kept">What is kept of it; only if somebody was invited.</param>
public sealed record InviteResult(InviteOutcome Outcome, CodeId Invitation = default, ShareInvitation? Kept = null);

/// <summary>What happened when somebody was to be invited.</summary>
public enum InviteOutcome
{
    /// <summary>There is an invitation now.</summary>
    Invited,

    /// <summary>The owner has no such vehicle.</summary>
    NoSuchVehicle,

    /// <summary>The vehicle has <see cref="VehicleAccount.MaxShares"/> already.</summary>
    TooMany,
}

/// <summary>What came of accepting an invitation.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Car">The vehicle; only if the invitation was accepted.</param>
public sealed record AcceptResult(AcceptOutcome Outcome, SharedCar? Car = null);

/// <summary>What happened when an invitation was to be accepted.</summary>
public enum AcceptOutcome
{
    /// <summary>The vehicle is shared.</summary>
    Accepted,

    /// <summary>It was accepted by somebody else, withdrawn or expired, or there never was one.</summary>
    NoSuchInvitation,

    /// <summary>The member invited themselves.</summary>
    OwnVehicle,

    /// <summary>The member has an open stay with a vehicle of their own that has the same plate.</summary>
    OwnVehicleIsParked,

    /// <summary>The member shares <see cref="VehicleAccount.MaxShared"/> vehicles already.</summary>
    TooMany,
}
