using NodaTime;

namespace Parking.Contracts;

/// <summary>Asks for an invitation to share a vehicle.</summary>
public sealed record InviteRequest
{
    /// <summary>The plate of one of the citizen's own vehicles.</summary>
    public required string Plate { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "invite request";
}

/// <summary>An invitation to share a vehicle, for one person.</summary>
public sealed record InviteAnswer
{
    /// <summary>The invitation: 32 hexadecimal digits. A secret, shown once: whoever accepts it first can use the vehicle.</summary>
    public required string Invitation { get; init; }

    /// <summary>The id of the share that it becomes, under which it can be withdrawn.</summary>
    public required string Share { get; init; }

    /// <summary>From when on it cannot be accepted.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>What it is, never its content.</summary>
    public override string ToString() => "invitation";
}

/// <summary>Accepts an invitation to share a vehicle.</summary>
public sealed record AcceptRequest
{
    /// <summary>The invitation as its owner got it.</summary>
    public required string Invitation { get; init; }

    /// <summary>What it is, never its content.</summary>
    public override string ToString() => "accept request";
}

/// <summary>A share of a vehicle, as its owner sees it: an invitation, or somebody who has accepted one. It names nobody.</summary>
public sealed record VehicleShare
{
    /// <summary>The share's id: 32 hexadecimal digits.</summary>
    public required string Share { get; init; }

    /// <summary>Since when somebody shares the vehicle; left out while nobody has accepted the invitation.</summary>
    public Instant? Since { get; init; }

    /// <summary>When the invitation expires; left out once somebody has accepted it.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>The vehicles that others share with the citizen who is calling.</summary>
public sealed record SharedVehicleListAnswer
{
    /// <summary>At most 8, in the order in which they were accepted.</summary>
    public required IReadOnlyList<SharedVehicle> Vehicles { get; init; }
}

/// <summary>A vehicle that somebody shares with the citizen who is calling.</summary>
public sealed record SharedVehicle
{
    /// <summary>The share's id: 32 hexadecimal digits.</summary>
    public required string Share { get; init; }

    /// <summary>The plate, as its owner lists it.</summary>
    public required string Plate { get; init; }

    /// <summary>What kind it is.</summary>
    public required VehicleClass Class { get; init; }

    /// <summary>Since when it is shared.</summary>
    public required Instant Since { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "shared vehicle";
}
